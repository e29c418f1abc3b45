/** Percentiles of measured times, in milliseconds rounded to hundredths. */
export type Spread = { count: number; p50Ms: number; p99Ms: number }

const round = (value: number) => Math.round(value * 100) / 100

export const ratio = (value: number, base: number): number => round(value / base)

type Percentiles = Pick<Spread, 'p50Ms' | 'p99Ms'>

/** How many times longer, in the middle and at the slow end. */
export const ratiosOf = (times: Percentiles, base: Percentiles): { p50: number; p99: number } => ({ p50: ratio(times.p50Ms, base.p50Ms), p99: ratio(times.p99Ms, base.p99Ms) })

export const spread = (times: number[]): Spread => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** Runs an action one time after another, after some runs that do not count. */
export const timed = async (action: () => Promise<unknown>, count: number, warmUp = 3): Promise<Spread> => {
  const times: number[] = []
  for (let turn = 0; turn < warmUp + count; turn += 1) {
    const startedAt = performance.now()
    await action()
    if (turn >= warmUp) times.push(performance.now() - startedAt)
  }
  return spread(times)
}

export const median = (values: number[]): number => round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN)
