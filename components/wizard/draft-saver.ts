type SaverOptions<Body> = {
  send: (body: Body) => Promise<unknown>
  /** Calls back later; what it gives cancels. */
  after: (ms: number, act: () => void) => () => void
  onResult: (error: unknown) => void
  /** False for refusals that another attempt would only bring again. */
  isWorthRepeating: (error: unknown) => boolean
}

const saveAfterMs = 400
const repeatAfterMs = 5_000

/**
 * Saves the last of many changes, a moment after it was made. One save is on its way at a time, so that an
 * older one never arrives after a newer; a body counts as saved when the server has said so, and one that
 * could not be saved is sent again until it is, or a newer one is.
 */
export const createSaver = <Body>({ send, after, onResult, isWorthRepeating }: SaverOptions<Body>) => {
  let unsaved: Body | null = null
  let isSending = false
  let isStopped = false
  let cancel = () => {}

  const plan = (ms: number) => {
    cancel()
    cancel = after(ms, () => void flush())
  }

  const flush = async (): Promise<void> => {
    cancel()
    if (isSending || unsaved === null) return
    const body = unsaved
    isSending = true
    const error: unknown = await send(body).then(
      () => null,
      (failure: unknown) => failure,
    )
    isSending = false
    const isNewest = unsaved === body
    if (isNewest && (error === null || !isWorthRepeating(error))) unsaved = null
    onResult(error)
    if (unsaved === null) return
    if (!isStopped) plan(isNewest ? repeatAfterMs : 0)
    // What was changed while this one was on its way: nobody else sends it any more.
    else if (!isNewest) void flush()
  }

  return {
    put: (body: Body) => {
      unsaved = body
      if (!isSending) plan(saveAfterMs)
    },
    flush,
    /** What is not known to be saved, for whoever sends it in another way. */
    take: (): Body | null => {
      const body = unsaved
      unsaved = null
      cancel()
      return body
    },
    /** Saves what is left, once; after the save that is on its way. */
    stop: () => {
      isStopped = true
      void flush()
    },
  }
}
