'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { RunStatusBadge } from '@/components/domain/badges'
import { OutcomeBar, OutcomeLegend } from '@/components/domain/outcome-bar'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { cn } from '@/components/ui/cn'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { formatCount } from '@/lib/format/numbers'
import { counted, plural } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import { runQuery } from '@/lib/queries/runs'
import { routes } from '@/lib/routes'
import { compareParams } from '../search-params'
import { comparedColumns } from './columns'
import { comparedFacts, comparedNodes, comparedRun, sharedCounts, type ComparedFact, type ComparedNode, type ComparedRun, type SharedCounts } from './compare-shape'

const rowId = ({ nodeName }: ComparedNode) => nodeName

const Head = ({ run: { record, figures }, place }: { run: ComparedRun; place: string }) => (
  <section aria-label={place} className="min-w-0 rounded-lg border border-line bg-surface p-4">
    <h2 className="mb-3 flex flex-wrap items-center gap-2">
      <span className="text-text-2">{place}</span>
      <Link href={routes.run(record.run.clusterId, record.run.migrationId)} className="font-mono text-accent hover:underline">
        {visibleText(record.run.migrationId)}
      </Link>
      <RunStatusBadge status={figures.status} counts={figures.counts} />
    </h2>
    <OutcomeBar counts={figures.counts} size="page" className="mb-3" />
    <OutcomeLegend counts={figures.counts} />
  </section>
)

const Facts = ({ facts }: { facts: readonly ComparedFact[] }) => (
  <div className="mt-3 overflow-x-auto rounded-lg border border-line bg-surface">
    <table className="w-full">
      <caption className="sr-only">The runs side by side</caption>
      <thead>
        <tr className="text-left text-text-2">
          <th scope="col" className="w-56 border-b border-line px-4 py-2 font-medium">
            What
          </th>
          <th scope="col" className="border-b border-line px-4 py-2 font-medium">
            First run
          </th>
          <th scope="col" className="border-b border-line px-4 py-2 font-medium">
            Second run
          </th>
        </tr>
      </thead>
      <tbody>
        {facts.map(({ label, a, b, differs }) => (
          <tr key={label} className={cn(differs && 'bg-accent-soft')}>
            <th scope="row" className="border-b border-line px-4 py-1.5 text-left font-normal text-text-2">
              {label}
              {differs ? <span className="sr-only">, differs</span> : null}
            </th>
            <td className={cn('border-b border-line px-4 py-1.5 break-words', differs && 'font-semibold')}>{visibleText(a)}</td>
            <td className={cn('border-b border-line px-4 py-1.5 break-words', differs && 'font-semibold')}>{visibleText(b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const sameText = ({ inBoth, withoutEnd }: SharedCounts): string => {
  if (inBoth === 0) return 'No node was in both runs.'
  if (withoutEnd === 0) return 'Every node that was in both runs ended the same way.'
  const notCompared = `Of ${counted(withoutEnd, 'node')} that ${plural(withoutEnd, 'was', 'were')} in both runs an end is not known, or not yet.`
  return withoutEnd === inBoth ? notCompared : `${counted(inBoth - withoutEnd, 'node')} ended the same way in both runs. ${notCompared}`
}

const NoneDiffers = ({ shared }: { shared: SharedCounts }) => (
  <EmptyState title={shared.withoutEnd > 0 ? 'No node is known to have ended differently' : 'No node ended differently'}>{sameText(shared)}</EmptyState>
)

type BothProps = { a: ComparedRun; b: ComparedRun; isOnlyDifferent: boolean; onOnlyDifferent: (isOn: boolean) => void }

const Both = ({ a, b, isOnlyDifferent, onOnlyDifferent }: BothProps) => {
  const sorting = useUrlSort()
  const facts = useMemo(() => comparedFacts(a, b, b.record.serverNowMs), [a, b])
  const nodes = useMemo(() => comparedNodes(a, b), [a, b])
  const different = useMemo(() => nodes.filter(({ differs }) => differs), [nodes])
  const shared = useMemo(() => sharedCounts(nodes), [nodes])
  const { inBoth, onlyA, onlyB, withoutEnd } = shared
  return (
    <>
      <div className="grid gap-3 md:grid-cols-2">
        <Head run={a} place="First run" />
        <Head run={b} place="Second run" />
      </div>
      <Facts facts={facts} />
      <div className="mt-4 mb-3 flex flex-wrap items-center gap-3">
        <h2 className="text-sm font-semibold">Nodes of either run, {formatCount(nodes.length)}</h2>
        <span className="text-text-2">
          {formatCount(inBoth)} in both{withoutEnd === 0 ? null : ` (${formatCount(withoutEnd)} without a known end)`}, {formatCount(onlyA)} only in the first, {formatCount(onlyB)} only in the second
        </span>
        <Button aria-pressed={isOnlyDifferent} variant={isOnlyDifferent ? 'primary' : 'secondary'} onClick={() => onOnlyDifferent(!isOnlyDifferent)}>
          Only what ended differently <strong className="font-semibold">{formatCount(different.length)}</strong>
        </Button>
      </div>
      <DataTable
        label="Nodes of either run"
        {...sorting}
        columns={comparedColumns}
        rows={isOnlyDifferent ? different : nodes}
        rowId={rowId}
        empty={isOnlyDifferent ? <NoneDiffers shared={shared} /> : <EmptyState title="No nodes">Spot listed no nodes for these runs.</EmptyState>}
      />
    </>
  )
}

const useRun = (clusterId: string, migrationId: string) => {
  const query = useQuery({ ...runQuery(clusterId, migrationId), enabled: migrationId !== '' })
  const { data } = query
  const run = useMemo(() => (data ? comparedRun(data) : null), [data])
  return { query, run }
}

/** Two runs of a cluster side by side: what they were started with, what they came to, and each node in both. */
export const CompareScreen = ({ clusterId }: { clusterId: string }) => {
  const [{ a: idA, b: idB, differs }, setParams] = useQueryStates(compareParams, { history: 'replace' })
  const a = useRun(clusterId, idA)
  const b = useRun(clusterId, idB)
  const header = <PageHeader title="Compare two runs" />
  if (idA === '' || idB === '')
    return (
      <EmptyState
        isPage
        title="Choose two runs"
        action={
          <Link href={routes.runs(clusterId)} className={buttonLook({ variant: 'primary' })}>
            To the runs
          </Link>
        }
      >
        Tick two runs in the list and press Compare.
      </EmptyState>
    )
  const failed = [a, b].find(({ query }) => query.error && !query.data)
  if (failed) return <ErrorState className="py-24" error={asProblem(failed.query.error)} onRetry={() => void failed.query.refetch()} isRetrying={failed.query.isFetching} />
  return (
    <>
      {header}
      {a.run === null || b.run === null ? <Skeleton className="h-96" /> : <Both a={a.run} b={b.run} isOnlyDifferent={differs} onOnlyDifferent={(isOn) => void setParams({ differs: isOn })} />}
    </>
  )
}
