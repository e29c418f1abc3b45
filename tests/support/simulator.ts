import { countsAnswer, journalEntry, runsAnswer, type FaultInput, type TimeInput, type TokenInput, type TwinKnob } from '@/lib/simulator/admin-types'
import type { WireInput } from '@/lib/simulator/wire-input'
import type { SimulatorFlags } from '@/lib/simulator/flags'
import { startSimulator as start } from '@/lib/simulator/server'

const defaults: SimulatorFlags = {
  port: 0,
  host: '127.0.0.1',
  seed: 7,
  nodes: 60,
  pods: undefined,
  speed: 60,
  scenario: 'calm',
  rateLimit: 10_000,
  rateLimitBy: 'route',
  stateFile: undefined,
  kubePort: undefined,
  kubeconfigFile: undefined,
  adminPort: 0,
}

/** The fault switches of a running simulator, as its admin endpoint takes them. */
export const adminClient = (adminUrl: string) => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${adminUrl}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`admin ${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    fault: (fault: FaultInput) => call('POST', '/faults', fault),
    clearFaults: () => call('DELETE', '/faults'),
    journal: async () => journalEntry.array().parse(await call('GET', '/journal')),
    clearJournal: () => call('DELETE', '/journal'),
    /** Migrations created over the API since the start, by cluster id. */
    createdMigrations: async () => countsAnswer.parse(await call('GET', '/counts')).createdMigrations,
    /** The twin's own word on every run, by migration id. */
    runs: async () => runsAnswer.parse(await call('GET', '/runs')).runs,
    time: (input: TimeInput) => call('POST', '/time', input),
    token: (input: TokenInput) => call('POST', '/tokens', input),
    twin: (knob: TwinKnob) => call('POST', '/twin', knob),
    wire: (input: WireInput) => call('POST', '/wire', input),
  }
}
export type AdminClient = ReturnType<typeof adminClient>

/** A simulator of one's own on a free port, with its fault switches. */
export const startSimulator = async (flags: Partial<SimulatorFlags> = {}, now?: () => number) => {
  const simulator = await start({ ...defaults, ...flags }, now)
  return { ...simulator, admin: adminClient(simulator.adminUrl ?? '') }
}
export type TestSimulator = Awaited<ReturnType<typeof startSimulator>>
