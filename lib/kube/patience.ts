import 'server-only'

/** For how long something that goes on is waited for: while it is heard of at least so often, and so long at most. */
export type Patience = { silenceMs: number; mostMs: number }

/** Acts once after so many milliseconds, unless what it answers is called before. */
export type After = (ms: number, act: () => void) => () => void

export const afterOnce: After = (ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

type Clock = { now: () => number; after: After }

/** What the promise brings while patience lasts, or null. Its work goes on, and its failure is still thrown in time. */
export const patiently = async <Value>(promise: Promise<Value>, heardMs: () => number, { silenceMs, mostMs }: Patience, { now, after }: Clock): Promise<Value | null> => {
  const beganMs = now()
  let cancel = () => {}
  const late = new Promise<null>((resolve) => {
    const look = () => {
      const leftMs = Math.min(beganMs + mostMs, Math.max(beganMs, heardMs()) + silenceMs) - now()
      if (leftMs <= 0) resolve(null)
      else cancel = after(leftMs, look)
    }
    look()
  })
  return Promise.race([promise, late]).finally(() => cancel())
}
