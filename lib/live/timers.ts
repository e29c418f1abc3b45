import 'server-only'

/** Wall time and timers as arguments, so that tests can move them. Timers never keep the process alive. */
export type Timers = {
  now: () => number
  /** Runs `act` once after `ms`; the returned function cancels it. */
  after: (ms: number, act: () => void) => () => void
}

export const systemTimers = (now: () => number): Timers => ({
  now,
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
})
