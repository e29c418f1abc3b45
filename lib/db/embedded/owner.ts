import 'server-only'
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { AppError } from '@/lib/errors'
import { storageFull } from '../errors'

export type EmbeddedDatabase = {
  /** The process that owns the data, for those who watch it. */
  pid: number
  /** Resolves when the process has ended, asked to or not. */
  ended: Promise<void>
  /** Closes the database and ends the process. */
  close: () => Promise<void>
  /** Ends a process that no longer answers. */
  kill: () => void
}

const startDeadlineMs = 60_000
const closeDeadlineMs = 10_000

const childPath = () => path.join(process.cwd(), 'lib/db/embedded/child.mjs')

type Hello = { ready?: boolean; error?: string; code?: string }

const firstLine = (child: ChildProcess): Promise<Hello> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The embedded database did not start in time.')), startDeadlineMs)
    const settle = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    if (child.stdout) createInterface({ input: child.stdout }).once('line', (line) => settle(() => resolve(JSON.parse(line) as Hello)))
    child.once('error', (error) => settle(() => reject(error)))
    child.once('close', (code) => settle(() => reject(new Error(`The embedded database ended with code ${code} before it was ready.`))))
  })

const failedStart = ({ error, code }: Hello): AppError =>
  code === 'ENOSPC' ? storageFull() : new AppError('storage_unavailable', { detail: error ?? 'The embedded database did not start.' })

/**
 * Starts the child process that owns the data directory and listens on `socket`. Throws `storage_unavailable`
 * with a sentence when another process holds the directory or the database cannot be opened.
 */
export const startEmbedded = async (dataDir: string, socket: string): Promise<EmbeddedDatabase> => {
  // No variable of ours is passed on: the child needs no secret.
  const child = spawn(process.execPath, [childPath(), dataDir, socket], { stdio: ['pipe', 'pipe', 'inherit'], env: { NODE_ENV: 'production', PATH: '' } })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const hello = await firstLine(child).catch((cause: unknown) => {
    child.kill('SIGKILL')
    throw new AppError('storage_unavailable', { detail: cause instanceof Error ? cause.message : 'The embedded database did not start.', cause })
  })
  if (hello.ready !== true || child.pid === undefined) throw failedStart(hello)
  return {
    pid: child.pid,
    ended,
    close: async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), closeDeadlineMs)
      child.kill('SIGTERM')
      await ended
      clearTimeout(timer)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
