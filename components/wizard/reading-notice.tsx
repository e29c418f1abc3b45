import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { readingsDiffer } from '@/lib/domain/batches/batch-sizes'
import { openReadings, type LearnedReading } from '@/lib/domain/batches/learn'
import { counted, listed } from '@/lib/format/plural'
import { routes } from '@/lib/routes'
import { readingWords } from './reading-words'
import type { Plan } from './use-plan'

const linksShown = 3

const RunLinks = ({ runs }: { runs: LearnedReading['runs'] }) => (
  <span className="ml-1 inline-flex flex-wrap gap-x-2">
    {runs.slice(0, linksShown).map(({ run }) => (
      <Link key={`${run.clusterId} ${run.migrationId}`} href={routes.run(run.clusterId, run.migrationId)} className="font-mono text-xs text-accent hover:underline">
        {run.migrationId}
      </Link>
    ))}
    {runs.length > linksShown ? <span className="text-text-2">and {runs.length - linksShown} more</span> : null}
  </span>
)

const sizesOf = (sizes: readonly number[]) => `${counted(sizes.length, 'batch', 'batches')} of up to ${Math.max(...sizes)}`

/** Calls out the two shapes of a run that people regret: everything at once, and one node at a time. */
const ShapeNotice = ({ plan: { worst, facts } }: { plan: Plan }) => {
  if (worst === null || facts.nodes < 2) return null
  const largest = Math.max(...worst.sizes)
  if (largest === facts.nodes)
    return (
      <Notice tone="warning" title="All at once.">
        Read as {readingWords[worst.model]}, all {counted(facts.nodes, 'node')} may move in one batch. Lower the batch size, or migrate in several runs.
      </Notice>
    )
  if (largest > 1) return null
  return (
    <Notice tone="warning" title="One node at a time.">
      Each of the {counted(worst.sizes.length, 'batch', 'batches')} has a single node, so the first that fails ends the run, whatever the healthy percentage.
    </Notice>
  )
}

const LearnedNotice = ({ plan: { learned, worst } }: { plan: Plan }) => {
  if (worst === null) return null
  const holds = listed(learned.holds.map((model) => readingWords[model]))
  const fit = learned.runs.filter(({ fits }) => learned.holds.some((model) => fits[model] !== 'no')).length
  return (
    <Notice title="The batch size is read as in your own runs:">
      {holds}, seen in {fit} of {counted(learned.runs.length, 'run')}
      {learned.holds.length > 1 ? `, which do not tell ${learned.holds.length === 2 ? 'the two' : 'them'} apart; the one that disrupts more is drawn` : ''}.
      <RunLinks runs={learned.runs} />
    </Notice>
  )
}

const OpenNotice = ({ plan: { readings, worst, learned } }: { plan: Plan }) => {
  if (worst === null || !readingsDiffer(openReadings(readings, learned))) return null
  const others = readings.filter(({ model }) => model !== worst.model).map(({ model, sizes }) => `${readingWords[model]} gives ${sizesOf(sizes)}`)
  return (
    <Notice tone="warning" title="The vendor documents the batch size in several ways.">
      Shown is the one that disrupts most: {readingWords[worst.model]}, {sizesOf(worst.sizes)}; {others.join('; ')}.
      {learned.state === 'contradicted' ? (
        <>
          {' '}
          Your recorded runs agree on none of them: <RunLinks runs={learned.runs} />
        </>
      ) : null}
    </Notice>
  )
}

/** Which reading of the batch size is drawn, why, and what is risky about it. */
export const ReadingNotice = ({ plan }: { plan: Plan }) => (
  <>
    <ShapeNotice plan={plan} />
    {plan.learned.state === 'learned' ? <LearnedNotice plan={plan} /> : <OpenNotice plan={plan} />}
  </>
)
