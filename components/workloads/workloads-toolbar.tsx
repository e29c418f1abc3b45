'use client'

import { useMemo } from 'react'
import { choicesOf } from '@/components/domain/choices'
import { FilterMenu } from '@/components/domain/filter-menu'
import { findingName } from '@/components/domain/finding-name'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/input'
import { formatCount } from '@/lib/format/numbers'
import { isFiltered } from './filter'
import type { WorkloadsView } from './use-workloads-view'

export const WorkloadsToolbar = ({ view: { all, rows, params, setParams } }: { view: WorkloadsView }) => {
  const choices = useMemo(() => {
    const workloads = all ?? []
    return {
      namespaces: choicesOf(workloads, ({ namespace }) => [namespace]),
      kinds: choicesOf(workloads, ({ kind }) => [kind]),
      findings: choicesOf(workloads, ({ reasons }) => [...new Set(reasons.map(({ id }) => id))]),
    }
  }, [all])
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput label="Search workloads and budgets" placeholder="Search workloads, budgets" value={params.search} onChange={(event) => void setParams({ search: event.target.value })} />
      <FilterMenu label="Namespace" choices={choices.namespaces} chosen={params.namespaces} onChange={(namespaces) => void setParams({ namespaces })} />
      <FilterMenu label="Kind" choices={choices.kinds} chosen={params.kinds} onChange={(kinds) => void setParams({ kinds })} />
      <FilterMenu label="Finding" choices={choices.findings} chosen={params.findings} wordOf={findingName} onChange={(findings) => void setParams({ findings })} />
      {isFiltered(params) ? (
        <Button variant="quiet" onClick={() => void setParams({ search: null, namespaces: null, kinds: null, findings: null })}>
          Clear filters
        </Button>
      ) : null}
      {rows && all && rows.length !== all.length ? <span className="text-text-2">{formatCount(rows.length)} shown</span> : null}
    </div>
  )
}
