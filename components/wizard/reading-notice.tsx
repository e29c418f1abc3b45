import Link from 'next/link'
import { readingWords } from '@/components/domain/reading-words'
import { Notice } from '@/components/ui/notice'
import { readingsDiffer } from '@/lib/domain/batches/batch-sizes'
import { openReadings, type LearnedReading } from '@/lib/domain/batches/learn'
import { counted, listed } from '@/lib/format/plural'
import { routes } from '@/lib/routes'
import { shapeTexts, uncountedText } from './reading-words'
import type { Plan } from './use-plan'

const linksShown = 3

/** Runs that the token cannot open count and have no link. */
const RunLinks = ({ runs }: { runs: LearnedReading['runs'] }) => {
  const own = runs.flatMap(({ run: { clusterId, migrationId } }) => (clusterId === null || migrationId === null ? [] : [{ clusterId, migrationId }]))
  const more = own.length - linksShown
  const foreign = runs.length - own.length
  const rest = [...(more > 0 ? [`${more} more`] : []), ...(foreign > 0 ? [`${foreign} elsewhere in the organisation`] : [])]
  return (
    <span className="ml-1 inline-flex flex-wrap gap-x-2">
      {own.slice(0, linksShown).map(({ clusterId, migrationId }) => (
        <Link key={`${clusterId} ${migrationId}`} href={routes.run(clusterId, migrationId)} className="font-mono text-xs text-accent hover:underline">
          {migrationId}
        </Link>
      ))}
      {rest.length > 0 ? (
        <span className="text-text-2">
          {own.length > 0 ? 'and ' : ''}
          {listed(rest)}
        </span>
      ) : null}
    </span>
  )
}

const sizesOf = (sizes: readonly number[]) => `${counted(sizes.length, 'batch', 'batches')} of up to ${Math.max(...sizes)}`

const ShapeNotices = ({ plan: { readings, learned, facts } }: { plan: Plan }) =>
  shapeTexts(openReadings(readings, learned), facts.nodes).map(({ title, text }) => (
    <Notice key={title} tone="warning" title={title}>
      {text}
    </Notice>
  ))

const LearnedNotice = ({ plan: { learned, readings, worst } }: { plan: Plan }) => {
  if (worst === null) return null
  const holds = listed(learned.holds.map((model) => readingWords[model]))
  const fit = learned.runs.filter(({ fits }) => learned.holds.some((model) => fits[model] !== 'no')).length
  return (
    <Notice title="The batch size is read as in your own runs:">
      {holds}, seen in {fit} of {counted(learned.runs.length, 'run')}
      {learned.holds.length > 1 ? `, which do not tell ${learned.holds.length === 2 ? 'the two' : 'them'} apart; the one that disrupts more is drawn` : ''}. {uncountedText(openReadings(readings, learned))}
      <RunLinks runs={learned.runs} />
    </Notice>
  )
}

const OpenNotice = ({ plan: { readings, worst, learned } }: { plan: Plan }) => {
  if (worst === null || !readingsDiffer(openReadings(readings, learned))) return null
  const others = new Set(readings.filter(({ model }) => model !== worst.model).map(({ model, sizes }) => `${readingWords[model]} gives ${sizesOf(sizes)}`))
  return (
    <Notice tone="warning" title="The vendor documents the batch size in several ways.">
      Shown is the one that disrupts most: {readingWords[worst.model]}, {sizesOf(worst.sizes)}; {[...others].join('; ')}. {uncountedText(readings)}
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
    <ShapeNotices plan={plan} />
    {plan.learned.state === 'learned' ? <LearnedNotice plan={plan} /> : <OpenNotice plan={plan} />}
  </>
)
