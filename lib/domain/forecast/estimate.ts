import { z } from 'zod'
import { counted, listed } from '@/lib/format/plural'
import { quantile } from './quantile'

/** The vendor's own hint on the live page of its console: about ten minutes a batch. */
const hintMinutes = 10
/** How many batches of one's own it takes to weigh as much as the hint. */
const hintWeight = 3
/** A pool with fewer nodes than this says nothing of its own. */
const leastNodes = 3

const poolTimesOf = z.object({ poolName: z.string(), nodes: z.number(), lowMinutes: z.number(), medianMinutes: z.number(), highMinutes: z.number() })
export type PoolTimes = z.infer<typeof poolTimesOf>

/** Times of this organisation's recorded runs; `runs` is how many they come from. */
export const ownTimes = z.object({ runs: z.number(), batches: z.array(z.object({ nodes: z.number(), minutes: z.number() })), pools: z.array(poolTimesOf) })
export type OwnTimes = z.infer<typeof ownTimes>

export type TimeEstimate = { lowMinutes: number; highMinutes: number; basis: string; slowPools: PoolTimes[] }

type BatchToTime = { nodes: readonly { poolName: string }[] }

/** What nodes of each pool took: the middle eight of ten, and the median. */
export const poolTimes = (nodes: readonly { poolName: string; minutes: number }[]): PoolTimes[] => {
  const pools = new Map<string, number[]>()
  for (const { poolName, minutes } of nodes) {
    const known = pools.get(poolName)
    if (known === undefined) pools.set(poolName, [minutes])
    else known.push(minutes)
  }
  return [...pools]
    .map(([poolName, minutes]) => ({ poolName, nodes: minutes.length, lowMinutes: quantile(minutes, 0.1), medianMinutes: quantile(minutes, 0.5), highMinutes: quantile(minutes, 0.9) }))
    .sort((a, b) => (a.poolName < b.poolName ? -1 : 1))
}

/** The hint counts as three batches, from half to one and a half times its ten minutes. */
const perBatch = (batches: readonly { minutes: number }[]): { low: number; high: number } => {
  const minutes = batches.map((batch) => batch.minutes)
  const mix = (hint: number, share: number) => (minutes.length === 0 ? hint : (hint * hintWeight + quantile(minutes, share) * minutes.length) / (hintWeight + minutes.length))
  return { low: mix(hintMinutes * 0.5, 0.1), high: mix(hintMinutes * 1.5, 0.9) }
}

/** Zero for no pools. */
const median = (pools: readonly PoolTimes[]): number => (pools.length === 0 ? 0 : quantile(pools.map(({ medianMinutes }) => medianMinutes), 0.5))

/** A batch waits for its slowest pool; pools that are quicker than the others do not make it shorter. */
const createSlowness = (pools: readonly PoolTimes[]) => {
  const known = pools.filter(({ nodes }) => nodes >= leastNodes)
  const usual = median(known)
  const byName = new Map(known.map((pool) => [pool.poolName, pool]))
  return ({ nodes }: BatchToTime): number => {
    const slowest = nodes.reduce((most, { poolName }) => Math.max(most, byName.get(poolName)?.medianMinutes ?? 0), 0)
    return usual > 0 ? Math.max(1, slowest / usual) : 1
  }
}

const basisOf = ({ runs, batches }: OwnTimes, slow: readonly PoolTimes[]): string => {
  if (batches.length === 0) return 'the vendor’s hint of about 10 minutes a batch: no recorded run has ended a batch here yet'
  const slower = slow.length === 0 ? '' : `, longer where ${listed(slow.map(({ poolName }) => poolName))} ${slow.length === 1 ? 'is' : 'are'} in a batch`
  return `${counted(batches.length, 'batch', 'batches')} of ${counted(runs, 'recorded run')} and the vendor’s hint of about 10 minutes a batch${slower}`
}

/**
 * How long the run may take, as a range and never a promise: from what batches took in this organisation's
 * own runs, with the vendor's hint as the prior, so that one odd run does not decide. Each list of batches is
 * one way of reading the batch size; the range spans them all. Null when there is none.
 */
export const estimateTime = (ways: readonly (readonly BatchToTime[])[], own: OwnTimes): TimeEstimate | null => {
  const [first] = ways
  if (first === undefined) return null
  const { low, high } = perBatch(own.batches)
  const slowness = createSlowness(own.pools)
  const lengths = ways.map((batches) => batches.reduce((sum, batch) => sum + slowness(batch), 0))
  const named = new Set(first.flatMap(({ nodes }) => nodes.map(({ poolName }) => poolName)))
  const slowPools = own.pools.filter((pool) => named.has(pool.poolName) && slowness({ nodes: [pool] }) > 1)
  return { lowMinutes: Math.round(Math.min(...lengths) * low), highMinutes: Math.round(Math.max(...lengths) * high), basis: basisOf(own, slowPools), slowPools }
}
