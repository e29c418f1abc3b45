import type { SpotClock } from '@/lib/spot/clock'

export type ManualClock = SpotClock & { advance: (ms: number) => void; jumpWall: (ms: number) => void; delays: number[] }

/** A clock that stands still until it is told; a delay passes at once and is written down. */
export const createManualClock = (): ManualClock => {
  let monotonic = 1_000
  let wall = Date.parse('2026-03-01T12:00:00Z')
  const delays: number[] = []
  const advance = (ms: number) => {
    monotonic += ms
    wall += ms
  }
  return {
    monotonicMs: () => monotonic,
    wallMs: () => wall,
    delays,
    advance,
    jumpWall: (ms) => {
      wall += ms
    },
    delay: async (ms, signal) => {
      signal?.throwIfAborted()
      delays.push(ms)
      advance(ms)
    },
  }
}
