'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useCallback, useId, useMemo, useState } from 'react'
import { logEntries } from '@/components/domain/log-rows'
import { LogTable } from '@/components/domain/log-table'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { useUrlSort } from '@/components/table/use-url-sort'
import { Input, SearchInput } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import { Switch } from '@/components/ui/switch'
import { logSeverities } from '@/lib/contract/log'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'
import { logQuery } from '@/lib/queries/log'
import { asProblem } from '@/lib/queries/problem-error'
import { fromField, presetOptions, rangeFault, rangeOf, toField, type LogPreset, type LogRange } from './range'
import { logParams } from './search-params'
import { useFollow } from './use-follow'
import { useLastAnswer } from './use-last-answer'

const severityWords = { ALL: 'All severities', DEBUG: 'Debug', INFO: 'Info', WARN: 'Warnings', ERROR: 'Errors' } as const
const severityOptions = logSeverities.map((value) => ({ value, label: severityWords[value] }))

const useLog = (clusterId: string) => {
  const [params, setParams] = useQueryStates(logParams, { history: 'replace' })
  const [nowMs, setNowMs] = useState(Date.now)
  const preset: LogPreset = params.from !== null || params.to !== null ? 'custom' : params.last
  const range = rangeOf(preset, params.from, params.to, nowMs)
  const fault = rangeFault(range)
  const query = useQuery({ ...logQuery(clusterId, { ...range, severity: params.severity }), enabled: fault === null })
  const words = params.search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const text = words.join(' ')
  // Following asks for another range each time, so one that fails has no lines of its own.
  const data = useLastAnswer(query.data)
  const all = useMemo(() => (data ? logEntries(data.lines) : undefined), [data])
  const entries = useMemo(() => all?.filter(({ message }) => text.split(' ').every((word) => message.toLowerCase().includes(word))), [all, text])
  // A range that follows the clock is moved on; a fixed one is read again as it is.
  const isFixed = preset === 'custom' && params.to !== null
  const moveOn = useCallback(() => setNowMs(Date.now()), [])
  const readAgain = () => (isFixed ? void query.refetch() : moveOn())
  useFollow(params.follow && !isFixed, moveOn)
  return { params, setParams, preset, range, isFixed, fault, query, data, all, entries, readAgain }
}

type RangeFieldsProps = { range: LogRange; onChange: (range: { from?: number | null; to?: number | null }) => void }

const RangeFields = ({ range, onChange }: RangeFieldsProps) => (
  <>
    <Input type="datetime-local" aria-label="From" className="w-auto" value={toField(range.fromMs)} onChange={(event) => onChange({ from: fromField(event.target.value) })} />
    <Input type="datetime-local" aria-label="To" className="w-auto" value={toField(range.toMs)} onChange={(event) => onChange({ to: fromField(event.target.value) })} />
  </>
)

type FollowSwitchProps = { isOn: boolean; isFixed: boolean; onChange: (isOn: boolean) => void }

/** A range with an end does not grow: then the switch gives way to the reason. */
const FollowSwitch = ({ isOn, isFixed, onChange }: FollowSwitchProps) => {
  const id = useId()
  if (isFixed) return <span className="text-text-2">A range with an end does not grow, so there is nothing to follow.</span>
  return (
    <span className="inline-flex items-center gap-2">
      <Switch id={id} isOn={isOn} onChange={onChange} />
      <label htmlFor={id}>Follow</label>
    </span>
  )
}

/** What Spot writes about the cluster, with what its failures mean. */
export const LogScreen = ({ clusterId }: { clusterId: string }) => {
  const sorting = useUrlSort()
  const { params, setParams, preset, range, isFixed, fault, query, data, all, entries, readAgain } = useLog(clusterId)
  const { error, isFetching } = query
  const choose = (last: LogPreset) =>
    void setParams(last === 'custom' ? { last: null, from: range.fromMs, to: range.toMs } : { last, from: null, to: null })
  return (
    <>
      <PageHeader
        title="Log"
        meta={
          data && all && entries ? (
            <>
              {entries.length === all.length ? counted(all.length, 'line') : `${formatCount(entries.length)} of ${counted(all.length, 'line')}`},{' '}
              <UpdatedMark atMs={data.fetchedAtMs} isRefetching={isFetching} onRefresh={readAgain} />
            </>
          ) : null
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput label="Search the lines shown" placeholder="Search lines" value={params.search} onChange={(event) => void setParams({ search: event.target.value })} />
        <Select aria-label="Range" value={preset} options={presetOptions} onChange={choose} />
        {preset === 'custom' ? <RangeFields range={range} onChange={(next) => void setParams(next)} /> : null}
        <Select aria-label="Severity" value={params.severity} options={severityOptions} onChange={(severity) => void setParams({ severity })} />
        <FollowSwitch isOn={params.follow} isFixed={isFixed} onChange={(follow) => void setParams({ follow })} />
      </div>
      {fault ? (
        <Notice tone="error" role="alert" className="mb-3">
          {fault} The lines below are those of the range before.
        </Notice>
      ) : null}
      {data?.isTruncated ? (
        <Notice tone="warning" title="Not all lines are here." className="mb-3">
          Spot gives 1,000 lines for a question. The range was split as far as the API budget allows, newest first: choose a shorter range for the rest.
        </Notice>
      ) : null}
      <LogTable
        label="Log"
        {...sorting}
        clusterId={clusterId}
        entries={entries}
        error={error ? asProblem(error) : null}
        onRetry={() => void query.refetch()}
        isRefetching={isFetching}
        empty={
          all && all.length > 0 ? (
            <EmptyState title="No line holds these words">Search for something else, or clear the search.</EmptyState>
          ) : (
            <EmptyState title="No lines in this range">Spot wrote nothing then, or nothing of this severity. Choose a longer range.</EmptyState>
          )
        }
      />
    </>
  )
}
