import 'server-only'
import { AppError } from '@/lib/errors'
import { startEmbedded, type EmbeddedDatabase } from './owner'
import { placeSocket } from './socket-place'

export type SupervisorLog = { warn: (fields: Record<string, unknown>, message: string) => void }

export type Supervisor = {
  socket: string
  pid: () => number | null
  /** Ends a child that no longer answers; the next one takes its place. */
  kill: () => void
  close: () => Promise<void>
}

const restartDelaysMs = [100, 1_000, 5_000, 15_000]
/** A child that lived this long did not fail because of how it was started. */
const steadyAfterMs = 60_000

/**
 * Keeps one owner of the data directory running. A child that dies is started again on the same socket, so
 * that open pools find it; how often is bounded by growing pauses. Throws what the first start throws.
 */
export const superviseEmbedded = async (dataDir: string, log: SupervisorLog): Promise<Supervisor> => {
  const { socket, remove } = await placeSocket(dataDir)
  let isClosing = false
  let failures = 0
  let child: EmbeddedDatabase | null = null
  let starting: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  const onEnd = (livedMs: number) => {
    child = null
    if (isClosing) return
    failures = livedMs > steadyAfterMs ? 1 : failures + 1
    log.warn({ failures }, 'the embedded database ended and is started again')
    plan()
  }
  const start = async () => {
    const started = await startEmbedded(dataDir, socket)
    const startedAtMs = performance.now()
    child = started
    void started.ended.then(() => onEnd(performance.now() - startedAtMs))
  }
  const restart = async () => {
    try {
      await start()
    } catch (error) {
      failures += 1
      log.warn({ failures, detail: error instanceof AppError ? error.detail : 'unknown' }, 'the embedded database did not start')
      if (!isClosing) plan()
    }
  }
  const plan = () => {
    timer = setTimeout(() => (starting = restart()), restartDelaysMs[Math.min(failures, restartDelaysMs.length) - 1])
  }

  await start().catch(async (error: unknown) => {
    await remove()
    throw error
  })
  return {
    socket,
    pid: () => child?.pid ?? null,
    kill: () => child?.kill(),
    close: async () => {
      isClosing = true
      clearTimeout(timer)
      await starting
      await child?.close()
      await remove()
    },
  }
}
