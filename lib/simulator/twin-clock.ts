/** Tells the time: epoch milliseconds. */
export type Now = () => number

/** From `wallMs` on the twin's time is `twinMs` and passes `speed` times as fast as the wall's. */
type Anchor = { wallMs: number; twinMs: number; speed: number }

/**
 * The way between twin time and wall time. A change of speed or a skip begins a new stretch; what lies before
 * keeps its stamps, and all that was skipped is stamped with the moment of the skip.
 */
export const createTwinClock = (now: Now, speed: number) => {
  const startedAtMs = now()
  const anchors: Anchor[] = [{ wallMs: startedAtMs, twinMs: 0, speed }]
  const current = (): Anchor => anchors.at(-1) as Anchor
  const twinNow = (): number => current().twinMs + (now() - current().wallMs) * current().speed

  const wallOf = (twinMs: number): number => {
    const index = anchors.findLastIndex((anchor) => twinMs >= anchor.twinMs)
    const anchor = anchors[index]
    // Before the start both times pass alike: a run of yesterday ended yesterday.
    if (anchor === undefined) return startedAtMs + twinMs
    return Math.min(anchors[index + 1]?.wallMs ?? now(), anchor.wallMs + (twinMs - anchor.twinMs) / anchor.speed)
  }

  return {
    twinNow,
    setSpeed: (next: number) => {
      anchors.push({ wallMs: now(), twinMs: twinNow(), speed: next })
    },
    skip: (twinMs: number) => {
      anchors.push({ wallMs: now(), twinMs: twinNow() + twinMs, speed: current().speed })
    },
    /** RFC 3339 text of a twin time on the wall clock. */
    stamp: (twinMs: number): string => new Date(Math.round(wallOf(twinMs))).toISOString(),
  }
}
