'use client'

import { useMemo } from 'react'
import { choicesOf } from '@/components/domain/choices'
import { FilterMenu } from '@/components/domain/filter-menu'
import { findingName } from '@/components/domain/finding-name'
import { ColumnMenu } from '@/components/table/column-menu'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuRadio } from '@/components/ui/dropdown-menu'
import { SearchInput } from '@/components/ui/input'
import type { NodesAnswer } from '@/lib/contract/nodes'
import { nodeColumns } from './columns'
import { isFiltered } from './filter'
import { groupings } from './group'
import type { NodesView } from './use-nodes-view'
import { matchWords } from './words'

const groupWords = { pool: 'Pool', vng: 'VNG match', finding: 'Finding', none: 'None' } as const

export const NodesToolbar = ({ view, vngs }: { view: NodesView; vngs: NodesAnswer['vngs'] }) => {
  const { params, setParams, all, filter } = view
  const choices = useMemo(() => {
    const nodes = all ?? []
    return {
      pools: choicesOf(nodes, ({ poolName }) => [poolName]),
      matches: choicesOf(nodes, ({ matchKey }) => [matchKey]),
      findings: choicesOf(nodes, ({ reasons }) => reasons.map(({ id }) => id)),
      zones: choicesOf(nodes, ({ zone }) => (zone === null ? [] : [zone])),
    }
  }, [all])
  const vngNames = useMemo(() => new Map(vngs.map(({ vngId, name }) => [vngId, name])), [vngs])
  const hidden = useMemo(() => new Set(params.hidden), [params.hidden])
  return (
    <div className="my-3 flex flex-wrap items-center gap-2">
      <SearchInput label="Search nodes, pools, sizes, labels and taints" placeholder="Search nodes, labels, taints" value={params.search} onChange={(event) => void setParams({ search: event.target.value })} />
      <FilterMenu label="Pool" choices={choices.pools} chosen={params.pools} onChange={(pools) => void setParams({ pools })} />
      <FilterMenu label="VNG match" choices={choices.matches} chosen={params.matches} wordOf={(key) => matchWords[key] ?? vngNames.get(key) ?? key} onChange={(matches) => void setParams({ matches })} />
      <FilterMenu label="Finding" choices={choices.findings} chosen={params.findings} wordOf={findingName} onChange={(findings) => void setParams({ findings })} />
      <FilterMenu label="Zone" choices={choices.zones} chosen={params.zones} wordOf={(zone) => `Zone ${zone}`} onChange={(zones) => void setParams({ zones })} />
      {isFiltered({ ...filter, search: params.search }) ? (
        <Button variant="quiet" onClick={() => void setParams({ search: null, readiness: null, pools: null, matches: null, findings: null, zones: null })}>
          Clear filters
        </Button>
      ) : null}
      <div className="ml-auto flex items-center gap-2">
        <DropdownMenu align="end" trigger={<Button>Group by: {groupWords[params.group]}</Button>}>
          <MenuRadio label="Group by" value={params.group} options={groupings.map((value) => ({ value, label: groupWords[value] }))} onChange={(group) => void setParams({ group, open: null })} />
        </DropdownMenu>
        <ColumnMenu columns={nodeColumns} hidden={hidden} onChange={(next) => void setParams({ hidden: [...next] })} />
      </div>
    </div>
  )
}
