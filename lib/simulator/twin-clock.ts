import type { Anchor } from './state/entries'

/** Tells the time: epoch milliseconds. */
export type Now = () => number

/**
 * The way between twin time and wall time, over the stretches of before. A change of speed or a skip begins a
 * new stretch; what lies before keeps its stamps, and all that was skipped is stamped with the moment of the skip.
 */
export const createTwinClock = (now: Now, start: Anchor) => {
  const anchors: Anchor[] = [start]
  const current = (): Anchor => anchors.at(-1) as Anchor
  const twinAt = (wallMs: number): number => {
    const { wallMs: fromMs, twinMs, speed } = anchors.findLast((anchor) => wallMs >= anchor.wallMs) ?? { ...start, speed: 1 }
    return twinMs + (wallMs - fromMs) * speed
  }
  const twinNow = (): number => current().twinMs + (now() - current().wallMs) * current().speed

  return {
    twinNow,
    /** Twin time at a moment of the wall clock; before the start both pass alike. */
    twinAt,
    speed: () => current().speed,
    /** Begins a new stretch. */
    add: (anchor: Anchor): void => void anchors.push(anchor),
    /** Epoch milliseconds of a twin time. */
    wallOf: (twinMs: number): number => {
      const index = anchors.findLastIndex((anchor) => twinMs >= anchor.twinMs)
      const anchor = anchors[index]
      // Before the start both times pass alike: a run of yesterday ended yesterday.
      if (anchor === undefined) return start.wallMs + twinMs
      return Math.min(anchors[index + 1]?.wallMs ?? now(), anchor.wallMs + (twinMs - anchor.twinMs) / anchor.speed)
    },
  }
}
