'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useMemo, useState } from 'react'
import { DeleteRunDialog } from '@/components/domain/delete-run-dialog'
import { OpenLaunch } from '@/components/domain/open-launch'
import { UnfinishedPlans } from '@/components/domain/unfinished-plans'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { whyNotDelete } from '@/components/domain/why-not-delete'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { SearchInput } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import type { RunsAnswer, RunSummary } from '@/lib/contract/run'
import { counted } from '@/lib/format/plural'
import { asProblem } from '@/lib/queries/problem-error'
import { rereadRuns, runsQuery } from '@/lib/queries/runs'
import { sessionQuery } from '@/lib/queries/session'
import { routes } from '@/lib/routes'
import { runColumns } from './columns'
import { filterRuns, statusCounts, type RunsFilter } from './filter'
import { historyParams, type RunPeriod } from './search-params'
import { ManagedShare } from './managed-share'
import { retentionWords } from './retention-words'
import { StatusFilter } from './status-filter'

const dayMs = 24 * 60 * 60_000
const periods = [
  { value: 'all', label: 'Any date', ms: null },
  { value: 'day', label: 'Last 24 hours', ms: dayMs },
  { value: 'week', label: 'Last 7 days', ms: 7 * dayMs },
  { value: 'month', label: 'Last 30 days', ms: 30 * dayMs },
] as const satisfies readonly { value: RunPeriod; label: string; ms: number | null }[]

const rowId = ({ migrationId }: RunSummary) => migrationId
const noRuns: ReadonlySet<string> = new Set()

const whyNotCompare = (chosen: number): string | null => (chosen === 2 ? null : `Tick two runs to compare them: ${chosen === 0 ? 'none is' : chosen === 1 ? 'one is' : `${chosen} are`} ticked.`)

const whyNotDeleteChosen = (chosen: readonly RunSummary[]): string | null => {
  const [run] = chosen
  if (run === undefined || chosen.length > 1) return `Tick the one run to delete: ${chosen.length === 0 ? 'none is' : `${chosen.length} are`} ticked.`
  return whyNotDelete(run)
}

/** Counted from when the list was read, so that a row does not vanish while it is looked at. */
const sinceOf = (period: RunPeriod, fetchedAtMs: number): number | null => {
  const ms = periods.find(({ value }) => value === period)?.ms ?? null
  return ms === null ? null : fetchedAtMs - ms
}

const useHistory = (answer: RunsAnswer | undefined) => {
  const [params, setParams] = useQueryStates(historyParams, { history: 'replace' })
  const { search, status, period } = params
  const fetchedAtMs = answer?.fetchedAtMs ?? 0
  const filter: RunsFilter = useMemo(() => ({ search, status, sinceMs: sinceOf(period, fetchedAtMs) }), [search, status, period, fetchedAtMs])
  const rows = useMemo(() => (answer ? filterRuns(answer.runs, filter) : undefined), [answer, filter])
  const counts = useMemo(() => statusCounts(answer?.runs ?? [], filter), [answer, filter])
  return { params, setParams, rows, counts, isFiltered: search !== '' || status.length > 0 || period !== 'all' }
}

const metaOf = ({ runs }: RunsAnswer, retentionDays: number | null | undefined): string => {
  const apiOnly = runs.filter(({ source }) => source === 'api').length
  const recorded = runs.length - apiOnly
  const kept = retentionDays === undefined || recorded === 0 ? '' : `, ${retentionWords(retentionDays, recorded)}`
  return `${counted(recorded, 'run')} recorded${kept}${apiOnly > 0 ? `, ${apiOnly} known from the API’s list only` : ''}`
}

/** Records are as of now. What began elsewhere is known from Spot's list, and that is older. */
const readOf = ({ listedAtMs, fetchedAtMs }: RunsAnswer) => (listedAtMs === null ? { atMs: fetchedAtMs } : { what: 'Spot’s list', atMs: listedAtMs })

const Empty = ({ clusterId, hasRuns }: { clusterId: string; hasRuns: boolean }) =>
  hasRuns ? (
    <EmptyState title="No run passes these filters">Clear a filter, or search for something else.</EmptyState>
  ) : (
    <EmptyState
      title="No runs yet"
      action={
        <Link href={routes.nodes(clusterId)} className={buttonLook({ variant: 'primary' })}>
          Choose nodes
        </Link>
      }
    >
      Every migration of this cluster is kept here, with what happened to each node.
    </EmptyState>
  )

/** Every run of the cluster, newest first. */
export const RunsScreen = ({ clusterId }: { clusterId: string }) => {
  const sorting = useUrlSort()
  const router = useRouter()
  const { data, error, isFetching, refetch } = useQuery(runsQuery(clusterId))
  const session = useQuery(sessionQuery())
  const client = useQueryClient()
  const reread = useMutation({ mutationFn: () => rereadRuns(client, clusterId), onError: () => void refetch() })
  const { params, setParams, rows, counts, isFiltered } = useHistory(data)
  const [ticked, setTicked] = useState(noRuns)
  const [doomed, setDoomed] = useState<string | null>(null)
  const chosen = (data?.runs ?? []).filter((run) => ticked.has(rowId(run)))
  const compare = () => {
    // The older one first: the reader asks what the later run did differently.
    const [b, a] = chosen.map(rowId)
    if (a !== undefined && b !== undefined) router.push(routes.compareRuns(clusterId, { a, b }))
  }
  return (
    <>
      <PageHeader
        title="Runs"
        meta={
          data ? (
            <>
              {metaOf(data, session.data?.retentionDays)}, <UpdatedMark {...readOf(data)} isRefetching={isFetching || reread.isPending} onRefresh={() => reread.mutate()} />
            </>
          ) : null
        }
      />
      <OpenLaunch clusterId={clusterId} className="mb-3" />
      <UnfinishedPlans clusterId={clusterId} className="mb-3" />
      <ManagedShare clusterId={clusterId} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput label="Search runs, comments, pools and people" placeholder="Search runs, comments, pools, people" value={params.search} onChange={(event) => void setParams({ search: event.target.value })} />
        <Select aria-label="Started" value={params.period} options={periods} onChange={(period) => void setParams({ period })} />
        <StatusFilter counts={counts} chosen={params.status} onChange={(status) => void setParams({ status })} />
        {isFiltered ? (
          <Button variant="quiet" onClick={() => void setParams(null)}>
            Clear filters
          </Button>
        ) : null}
        <Button className="ml-auto" disabledReason={whyNotCompare(chosen.length)} onClick={compare}>
          Compare
        </Button>
        <Button disabledReason={whyNotDeleteChosen(chosen)} onClick={() => setDoomed(chosen[0]?.migrationId ?? null)}>
          Delete
        </Button>
      </div>
      {data?.problem ? (
        <Notice tone="warning" title="Spot’s own list could not be read." className="mb-3">
          {data.problem.detail} Recorded runs are shown; runs that only Spot knows are missing.
        </Notice>
      ) : null}
      <DataTable
        label="Runs"
        {...sorting}
        columns={runColumns}
        rows={rows}
        rowId={rowId}
        selection={{ selected: ticked, onChange: setTicked, label: rowId }}
        onOpen={({ migrationId }) => router.push(routes.run(clusterId, migrationId))}
        error={error ? asProblem(error) : null}
        onRetry={() => void refetch()}
        isRefetching={isFetching}
        empty={<Empty clusterId={clusterId} hasRuns={(data?.runs.length ?? 0) > 0} />}
      />
      {doomed === null ? null : (
        <DeleteRunDialog
          clusterId={clusterId}
          migrationId={doomed}
          onClose={() => setDoomed(null)}
          onDeleted={() => {
            setDoomed(null)
            setTicked(noRuns)
          }}
        />
      )}
    </>
  )
}
