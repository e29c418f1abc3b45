import type { TwinMs } from '@/lib/twin/types'
import { createFleet, type FleetOptions, type SimulatedCluster } from './fleet'
import type { Deed } from './state/entries'

/**
 * The clusters of earlier moments, made anew from the same options and deeds. It follows a moment that goes
 * on, and begins again for one that lies further back than the last that was asked for.
 */
export const createPast = (options: FleetOptions, deeds: readonly Deed[]) => {
  const begin = () => ({ fleet: createFleet(options, () => undefined), done: 0, reachedMs: 0 })
  let follower: ReturnType<typeof begin> | null = null

  /** To be read only, until the next call. */
  return (twinMs: TwinMs): Map<string, SimulatedCluster> => {
    if (follower === null || follower.reachedMs > twinMs) follower = begin()
    const { fleet } = follower
    for (let next = deeds[follower.done]; next !== undefined && next.atMs <= twinMs; next = deeds[follower.done]) {
      fleet.carryOut(next)
      follower.done += 1
    }
    fleet.advance(twinMs)
    follower.reachedMs = twinMs
    return fleet.clusters
  }
}
