import 'server-only'
import { AppError } from '@/lib/errors'
import { startEmbedded, type EmbeddedDatabase } from './owner'

export type SupervisorLog = { warn: (fields: Record<string, unknown>, message: string) => void }

export type Supervisor = {
  port: number
  pid: () => number | null
  /** Ends a child that no longer answers; the next one takes its place. */
  kill: () => void
  close: () => Promise<void>
}

const restartDelaysMs = [100, 1_000, 5_000, 15_000]

/**
 * Keeps one owner of the data directory running. A child that dies is started again on the same port, so
 * that open pools find it; how often is bounded by growing pauses. Throws what the first start throws.
 */
export const superviseEmbedded = async (dataDir: string, log: SupervisorLog): Promise<Supervisor> => {
  let child: EmbeddedDatabase | null = await startEmbedded(dataDir, 0)
  const { port } = child
  let isClosing = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const watch = (watched: EmbeddedDatabase) => {
    const startedAt = performance.now()
    void watched.ended.then(() => {
      if (isClosing) return
      child = null
      failures = performance.now() - startedAt > 60_000 ? 0 : failures + 1
      log.warn({ failures }, 'the embedded database ended and is started again')
      plan()
    })
  }
  const plan = () => {
    timer = setTimeout(() => void restart(), restartDelaysMs[Math.min(failures, restartDelaysMs.length) - 1] ?? 100)
  }
  const restart = async () => {
    if (isClosing) return
    try {
      child = await startEmbedded(dataDir, port)
      watch(child)
    } catch (error) {
      failures += 1
      log.warn({ detail: error instanceof AppError ? error.detail : 'unknown' }, 'the embedded database did not start')
      plan()
    }
  }
  watch(child)

  return {
    port,
    pid: () => child?.pid ?? null,
    kill: () => child?.kill(),
    close: async () => {
      isClosing = true
      clearTimeout(timer)
      await child?.close()
    },
  }
}
