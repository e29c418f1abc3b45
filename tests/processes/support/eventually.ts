const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Reads until it holds; the value then. Tests that run at the same time cannot share `expect.poll`. */
export const eventually = async <Value>(read: () => Promise<Value>, holds: (value: Value) => boolean, timeoutMs = 20_000): Promise<Value> => {
  const until = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > until) throw new Error(`Not so within ${timeoutMs / 1000} s; last: ${JSON.stringify(value)}`)
    await pause(50)
  }
}
