import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../../..')

export type Ended = { code: number | null; signal: NodeJS.Signals | null; output: string }
export type StartedScript = { process: ChildProcess; output: () => string; ended: Promise<Ended> }

/** Only what is given and the path to find programs by: what this shell has set must not decide a test. */
const bare = (env: Record<string, string>) => ({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production' as const, ...env })

/** Starts a script of the checkout as a command does. */
export const startNode = (args: string[], env: Record<string, string> = {}): StartedScript => {
  const child = spawn(process.execPath, args, { cwd: root, env: bare(env), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal, output })))
  return { process: child, output: () => output, ended }
}

export const runNode = (args: string[], env?: Record<string, string>): Promise<Ended> => startNode(args, env).ended
