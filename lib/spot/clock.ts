import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'

/** Wall time is for people and headers, monotonic time for durations: the host's clock may jump. */
export type SpotClock = {
  wallMs: () => number
  monotonicMs: () => number
  delay: (ms: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: SpotClock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  delay: (ms, signal) => sleep(ms, undefined, { signal }),
}
