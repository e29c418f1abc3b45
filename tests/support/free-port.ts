import { createServer } from 'node:net'

/** Below the ports that the system gives to outgoing connections, and apart for each worker of a runner. */
const first = 12_000
const ofWorker = 1_500
const worker = Number(process.env.VITEST_POOL_ID ?? process.env.TEST_PARALLEL_INDEX ?? 0) % 8

/** Processes that follow each other in a worker begin at different places. */
let last = process.pid

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/**
 * A port to start a server on. A free one that the system picks may be picked again before the server listens,
 * and then one test talks to the server of another: these are handed out in turn.
 */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < ofWorker; tried += 1) {
    last += 1
    const port = first + worker * ofWorker + (last % ofWorker)
    if (await isFree(port)) return port
  }
  throw new Error('No port is free for a test server.')
}
