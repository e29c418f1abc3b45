import { parseArgs } from 'node:util'
import { principals } from './people'
import { scenarioNames, scenarios, type ScenarioName } from './scenarios/table'

type Flag = { fallback: string | undefined; help: string }

const flagTable = {
  port: { fallback: '4010', help: 'port to listen on; 0 takes a free one' },
  host: { fallback: '127.0.0.1', help: 'address to listen on; loopback unless --allow-remote is given' },
  seed: { fallback: '7', help: 'the same seed gives the same clusters' },
  nodes: { fallback: '120', help: 'nodes of the first cluster, 0 to 20000; some scenarios have a size of their own' },
  pods: { fallback: undefined, help: 'pods of the first cluster besides those of DaemonSets; about twelve a node when left out' },
  speed: { fallback: '20', help: 'how many times faster than real time a migration runs, 0.1 to 10000' },
  scenario: { fallback: 'mixed', help: 'a situation by name, see below' },
  'rate-limit': { fallback: '600', help: 'requests in 60 s per organisation, route and method' },
  'rate-limit-by': { fallback: 'route', help: 'what counts as one: route (without its ids) or path (with them)' },
  state: { fallback: undefined, help: 'file that keeps what was done, so that a restart goes on; nothing is kept when left out' },
  'kube-port': { fallback: undefined, help: 'port of a read-only Kubernetes API of the clusters; off when left out; 0 takes a free one' },
  kubeconfig: { fallback: undefined, help: 'file to write a kubeconfig to, with a context for each cluster; needs no --kube-port' },
  'admin-port': { fallback: undefined, help: 'port of the fault switches and the journal; off when left out; 0 takes a free one' },
} as const satisfies Record<string, Flag>

export type SimulatorFlags = {
  port: number
  host: string
  seed: number
  nodes: number
  pods: number | undefined
  speed: number
  scenario: ScenarioName
  rateLimit: number
  rateLimitBy: 'route' | 'path'
  stateFile: string | undefined
  kubePort: number | undefined
  kubeconfigFile: string | undefined
  adminPort: number | undefined
}

/** A fault in the command line, in one sentence. */
export class FlagError extends Error {}

const allowRemote = { name: 'allow-remote', help: 'listen beyond loopback; the simulator knows no real secrets, but anyone may use it' }

const table = (rows: [string, string][]): string[] => {
  const width = Math.max(16, ...rows.map(([name]) => name.length))
  return rows.map(([name, help]) => `  ${name.padEnd(width)} ${help}`)
}

export const helpText = (): string => {
  const flags = Object.entries(flagTable).map(([name, { fallback, help }]): [string, string] => [`--${name}`, fallback === undefined ? help : `${help} (${fallback})`])
  return [
    'The Spot API for Ocean AKS, over simulated clusters.',
    '',
    ...table([...flags, [`--${allowRemote.name}`, allowRemote.help], ['--help', 'this text']]),
    '',
    'Scenarios',
    ...table(scenarioNames.map((name) => [name, scenarios[name].help])),
    '',
    'Tokens',
    ...table(Object.entries(principals).map(([token, { help }]) => [token, help])),
    ...table([['any other', 'is refused, expired-token for one']]),
  ].join('\n')
}

const numberIn = (name: string, text: string, low: number, high: number, isWhole = true): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || (isWhole && !Number.isInteger(value)) || value < low || value > high)
    throw new FlagError(`--${name} takes a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}, not "${text}".`)
  return value
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1'])

const readArgs = (args: string[]) => {
  const options = {
    ...Object.fromEntries(Object.keys(flagTable).map((name) => [name, { type: 'string' as const }])),
    [allowRemote.name]: { type: 'boolean' as const },
    help: { type: 'boolean' as const },
  }
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values as Record<string, string | boolean | undefined>
  } catch (error) {
    throw new FlagError(`${(error as Error).message.split('.')[0]}. See --help.`)
  }
}

/** Reads the command line; `help` when that was asked for. Throws FlagError with a sentence. */
export const readFlags = (args: string[]): SimulatorFlags | 'help' => {
  const values = readArgs(args)
  if (values.help === true) return 'help'
  const text = (name: keyof typeof flagTable): string | undefined => (values[name] as string | undefined) ?? flagTable[name].fallback
  const required = (name: keyof typeof flagTable): string => text(name) ?? ''
  const optional = (name: keyof typeof flagTable, low: number, high: number) => {
    const given = text(name)
    return given === undefined ? undefined : numberIn(name, given, low, high)
  }
  const host = required('host')
  if (!loopback.has(host) && values[allowRemote.name] !== true)
    throw new FlagError(`--host ${host} is not loopback. Add --allow-remote if others should reach the simulator.`)
  const scenario = scenarioNames.find((name) => name === required('scenario'))
  if (scenario === undefined) throw new FlagError(`--scenario ${required('scenario')} is not known. Known are: ${scenarioNames.join(', ')}.`)
  const rateLimitBy = required('rate-limit-by')
  if (rateLimitBy !== 'route' && rateLimitBy !== 'path') throw new FlagError(`--rate-limit-by takes route or path, not "${rateLimitBy}".`)
  const size = values.nodes === undefined && values.pods === undefined ? scenarios[scenario].size : undefined
  return {
    host,
    scenario,
    rateLimitBy,
    port: numberIn('port', required('port'), 0, 65535),
    seed: numberIn('seed', required('seed'), 0, 2 ** 31),
    nodes: size?.nodes ?? numberIn('nodes', required('nodes'), 0, 20_000),
    pods: size?.pods ?? optional('pods', 0, 400_000),
    speed: numberIn('speed', required('speed'), 0.1, 10_000, false),
    rateLimit: numberIn('rate-limit', required('rate-limit'), 1, 1_000_000),
    stateFile: text('state'),
    kubePort: optional('kube-port', 0, 65535),
    kubeconfigFile: text('kubeconfig'),
    adminPort: optional('admin-port', 0, 65535),
  }
}
