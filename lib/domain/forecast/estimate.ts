import { z } from 'zod'
import { counted, listed } from '@/lib/format/plural'
import type { ExpectedBatch } from '../progress/lanes'
import { quantile } from './quantile'

/** The vendor's own hint on the live page of its console: about ten minutes a batch. */
const hintMinutes = 10
/** How many batches of one's own it takes to weigh as much as the hint. */
const hintWeight = 3
/** How much wider the range gets for each doubling between the sizes that were seen and those of the plan. */
const widening = 0.25
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

type Range = { low: number; high: number }

/** How often one size has to be doubled to reach the other; below zero where it is halved. */
const doublings = (from: number, to: number): number => Math.log2(to / from)

/** Batches of the sizes that come closest: all within a doubling, or those that are nearest where none is. */
const ofLikeSize = (batches: OwnTimes['batches'], size: number): OwnTimes['batches'] => {
  const distance = ({ nodes }: { nodes: number }) => Math.abs(doublings(nodes, size))
  const nearest = Math.max(1, Math.min(...batches.map(distance)))
  return batches.filter((batch) => distance(batch) <= nearest)
}

/**
 * What a batch of this size takes. A larger one may take as long as those that were seen, since its nodes come
 * and go side by side, or longer, since they wait for one another; which of the two is not known, so the range
 * widens by a quarter for each doubling, and in the same way downwards. The hint counts as three batches, from
 * half to one and a half times its ten minutes.
 */
const perBatch = (batches: OwnTimes['batches'], size: number): Range => {
  const like = ofLikeSize(batches, size)
  const mix = (hint: number, own: readonly number[], share: number) => (own.length === 0 ? hint : (hint * hintWeight + quantile(own, share) * own.length) / (hintWeight + own.length))
  const widened = (steps: number) => 1 + widening * Math.max(0, steps)
  return {
    low: mix(hintMinutes * 0.5, like.map(({ nodes, minutes }) => minutes / widened(doublings(size, nodes))), 0.1),
    high: mix(hintMinutes * 1.5, like.map(({ nodes, minutes }) => minutes * widened(doublings(nodes, size))), 0.9),
  }
}

const minuteMs = 60_000

/** What a batch of this size takes before one of its own run has ended; null where no recorded run has taught that. */
export const expectBatch = ({ runs, batches }: OwnTimes, size: number): ExpectedBatch | null => {
  if (batches.length === 0) return null
  const { low, high } = perBatch(batches, size)
  return { lowMs: low * minuteMs, highMs: high * minuteMs, basis: `from ${counted(batches.length, 'batch', 'batches')} of ${counted(runs, 'recorded run')} and the vendor’s hint` }
}

/** The same, worked out once for each size. */
const createPerBatch = (batches: OwnTimes['batches']) => {
  const known = new Map<number, Range>()
  return (size: number): Range => {
    const range = known.get(size) ?? perBatch(batches, size)
    known.set(size, range)
    return range
  }
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

const spanOf = (sizes: readonly number[]): string => {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  return least === most ? counted(most, 'node') : `${least} to ${counted(most, 'node')}`
}

/** Says that batches differ from those that were seen, once it is by a doubling or more. */
const sizesBasis = (seen: readonly number[], planned: readonly number[]): string => {
  const larger = doublings(Math.max(...seen), Math.max(...planned)) >= 1
  const smaller = doublings(Math.min(...planned), Math.min(...seen)) >= 1
  return larger || smaller ? `; batches here are of ${spanOf(planned)}, so the range is wider` : ''
}

const basisOf = ({ runs, batches }: OwnTimes, planned: readonly number[], slow: readonly PoolTimes[]): string => {
  if (batches.length === 0) return 'the vendor’s hint of about 10 minutes a batch: no recorded run has ended a batch here yet'
  const seen = batches.map(({ nodes }) => nodes)
  const slower = slow.length === 0 ? '' : `, longer where ${listed(slow.map(({ poolName }) => poolName))} ${slow.length === 1 ? 'is' : 'are'} in a batch`
  return `${counted(batches.length, 'batch', 'batches')} of ${counted(runs, 'recorded run')}, of ${spanOf(seen)} each, and the vendor’s hint of about 10 minutes a batch${sizesBasis(seen, planned)}${slower}`
}

/**
 * How long the run may take, as a range and never a promise: from what batches of about this size took in this
 * organisation's own runs, with the vendor's hint as the prior, so that one odd run does not decide. Each list of
 * batches is one way of reading the batch size; the range spans them all. Null when there is none.
 */
export const estimateTime = (ways: readonly (readonly BatchToTime[])[], own: OwnTimes): TimeEstimate | null => {
  const [first] = ways
  if (first === undefined) return null
  const rangeOf = createPerBatch(own.batches)
  const slowness = createSlowness(own.pools)
  const lengthsBy = (end: keyof Range) => ways.map((batches) => batches.reduce((sum, batch) => sum + slowness(batch) * rangeOf(batch.nodes.length)[end], 0))
  const named = new Set(first.flatMap(({ nodes }) => nodes.map(({ poolName }) => poolName)))
  const slowPools = own.pools.filter((pool) => named.has(pool.poolName) && slowness({ nodes: [pool] }) > 1)
  const planned = ways.flatMap((batches) => batches.map(({ nodes }) => nodes.length))
  return { lowMinutes: Math.round(Math.min(...lengthsBy('low'))), highMinutes: Math.round(Math.max(...lengthsBy('high'))), basis: basisOf(own, planned, slowPools), slowPools }
}
