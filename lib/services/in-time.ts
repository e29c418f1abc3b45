import 'server-only'

/** What the promise brings within so many milliseconds, or null. Its work goes on, and its failure is still thrown in time. */
export const inTime = async <Value>(promise: Promise<Value>, waitMs: number, after: (act: () => void, ms: number) => () => void = afterOnce): Promise<Value | null> => {
  let cancel = () => {}
  const late = new Promise<null>((resolve) => {
    cancel = after(() => resolve(null), waitMs)
  })
  return Promise.race([promise, late]).finally(() => cancel())
}

const afterOnce = (act: () => void, ms: number) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}
