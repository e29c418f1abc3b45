import { env, EnvError } from '@/lib/env'
import { hookServer } from '@/lib/http/server-hooks'
import { getServer } from '@/lib/server'

/** A server with faulty settings must not run: each fault is said once, in a sentence. */
const requireSettings = (): void => {
  try {
    env()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`Slipway does not start:\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`)
    process.exit(1)
  }
}

const signals = ['SIGTERM', 'SIGINT'] as const

/** Checks the settings, then takes up what an earlier process left: recorded runs that are not over. */
export const start = (): void => {
  requireSettings()
  hookServer()
  const server = getServer()
  // Next waits for open answers before it ends, and a live stream never ends by itself.
  for (const signal of signals) process.once(signal, () => void server.shutdown())
  void server.live.resume().catch((error: unknown) => server.log.error({ code: server.explain(error).code }, 'runs could not be taken up again'))
}
