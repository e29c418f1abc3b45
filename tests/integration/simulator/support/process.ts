import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { adminClient } from '@/tests/support/simulator'

const root = path.resolve(import.meta.dirname, '../../../..')
const running: ChildProcessWithoutNullStreams[] = []

/** The simulator's command as a process of its own. */
export const spawnSimulator = (...flags: string[]): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/simulator/main.ts', ...flags], { cwd: root })
  running.push(child)
  return child
}

/** For afterEach: nothing of a test goes on. */
export const killSimulators = (): void => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
}

/** Everything a command writes, and the code it ends with. */
export const runSimulator = async (...flags: string[]) => {
  const child = spawnSimulator(...flags)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

export const readLines = async (child: ChildProcessWithoutNullStreams, count: number): Promise<string[]> => {
  let text = ''
  for await (const chunk of child.stdout) {
    text += String(chunk)
    if (text.split('\n').length > count) break
  }
  return text.trim().split('\n')
}

/** The simulator's command, once it listens. */
export const listenAs = async (...flags: string[]) => {
  const child = spawnSimulator('--port', '0', '--admin-port', '0', ...flags)
  const [api = '', admin = ''] = await readLines(child, 2)
  return {
    baseUrl: api.slice('listening on '.length),
    admin: adminClient(admin.slice('admin on '.length)),
    end: async (signal: 'SIGKILL' | 'SIGTERM') => {
      child.kill(signal)
      await once(child, 'close')
    },
  }
}
