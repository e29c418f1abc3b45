import 'server-only'
import { uptime } from 'node:os'

/** Times and timers as arguments, so that tests can move them. Timers never keep the process alive. */
export type Timers = {
  /** Wall time, which somebody may set. */
  now: () => number
  /** Milliseconds that have passed since some moment: nobody can set them, and they go on while the host is suspended. */
  elapsedMs: () => number
  /** Runs `act` once after `ms`; the returned function cancels it. */
  after: (ms: number, act: () => void) => () => void
}

export const systemTimers = (now: () => number): Timers => ({
  now,
  // The process's own clock stands still with the host; its time since the start does not.
  elapsedMs: () => uptime() * 1_000,
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
})
