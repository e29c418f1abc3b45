import { execFile, execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port'

export type PostgresServer = {
  url: string
  /** Ends the server at once and starts it again on the same address and data. */
  halt: () => Promise<void>
  resume: () => Promise<void>
  remove: () => Promise<void>
}

const versionsDir = '/usr/lib/postgresql'
const newest = () => (existsSync(versionsDir) ? readdirSync(versionsDir) : []).sort((a, b) => Number(b) - Number(a))[0]
const binDir = () => {
  const version = newest()
  return version === undefined ? null : path.join(versionsDir, version, 'bin')
}

/** Why tests cannot have a PostgreSQL here, or null when they can. */
export const postgresMissing: string | null = binDir() === null ? 'no PostgreSQL server in /usr/lib/postgresql: apt-get install postgresql' : null

const isRoot = process.getuid?.() === 0
const run = promisify(execFile)

/** The server refuses to run as root, so root hands it to the user of Debian's package. */
const command = (name: string, args: string[]): [string, string[]] => {
  const file = path.join(binDir() ?? '', name)
  return isRoot ? ['runuser', ['-u', 'postgres', '--', file, ...args]] : [file, args]
}

const call = (name: string, args: string[]) => run(...command(name, args), { cwd: tmpdir() })

const makeDir = () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-pg-'))
  if (isRoot) chownSync(dir, Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })), Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' })))
  return dir
}

/** A PostgreSQL of one's own on a free port, without a password, gone when the tests are. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const dir = makeDir()
  const data = path.join(dir, 'data')
  const port = await freePort()
  await call('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'])
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${dir} -c max_connections=200`
  const stop = ['-D', data, '-m', 'immediate', 'stop']
  const resume = async () => {
    await call('pg_ctl', ['-D', data, '-l', path.join(dir, 'log'), '-o', options, '-w', 'start'])
  }
  const halt = async () => {
    await call('pg_ctl', stop).catch(() => {})
  }
  const dispose = () => {
    try {
      execFileSync(...command('pg_ctl', stop), { cwd: tmpdir(), stdio: 'ignore' })
    } catch {
      // It was stopped before.
    }
    rmSync(dir, { recursive: true, force: true })
  }
  await resume()
  process.once('exit', dispose)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    halt,
    resume,
    remove: async () => {
      process.off('exit', dispose)
      dispose()
    },
  }
}
