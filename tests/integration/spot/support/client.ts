import { onTestFinished } from 'vitest'
import { createSpotClient, type SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import { createSpotTransport, type SpotTransport, type SpotTransportOptions } from '@/lib/spot/transport'
import { startFaultServer, type FaultServer } from './fault-server'

export const token = 'canary-token-3f9a1c'
export const credentials = { token, accountId: 'act-1', organizationId: null }

export type Bench = { server: FaultServer; transport: SpotTransport; client: SpotClient }

/** A fault server and a client that is impatient enough for tests. Reads are not repeated unless asked for. */
export const startBench = async (options: Partial<SpotTransportOptions> = {}): Promise<Bench> => {
  const server = await startFaultServer()
  const transport = createSpotTransport({
    baseUrl: server.url,
    timeouts: { connectMs: 300, headersMs: 300, bodyIdleMs: 300, totalMs: 900 },
    retry: { mostRetries: 0 },
    ...options,
  })
  onTestFinished(async () => {
    await transport.close()
    await server.close()
  })
  return { server, transport, client: createSpotClient(transport, credentials) }
}

export const failureOf = async (call: Promise<unknown>): Promise<SpotError> => {
  const error = await call.then(
    () => new Error('The call succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof SpotError) return error
  throw error
}
