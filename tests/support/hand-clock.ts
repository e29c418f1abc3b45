type Plan = { atMs: number; act: () => void }

/** A clock that stands until it is moved, and what is planned by it. */
export const createHandClock = (startMs = 0) => {
  let nowMs = startMs
  const plans = new Set<Plan>()
  return {
    now: () => nowMs,
    after: (ms: number, act: () => void) => {
      const plan = { atMs: nowMs + ms, act }
      plans.add(plan)
      return () => void plans.delete(plan)
    },
    pass: (ms: number) => {
      nowMs += ms
      for (const plan of [...plans].filter(({ atMs }) => atMs <= nowMs)) {
        plans.delete(plan)
        plan.act()
      }
    },
  }
}
