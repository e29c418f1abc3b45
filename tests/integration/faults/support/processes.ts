import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'

export type Started = { process: ChildProcess; line: string; end: () => Promise<void> }

/** Runs a script of this folder and waits for the first line it says. */
export const startScript = (name: string, ...args: string[]): Promise<Started> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    const exited = new Promise<void>((done) => child.once('exit', () => done()))
    const end = () => {
      child.kill('SIGKILL')
      return exited
    }
    child.once('error', reject)
    createInterface({ input: child.stdout }).once('line', (line) => resolve({ process: child, line, end }))
  })

/** A number that no process has: beyond the kernel's largest. */
export const noProcess = 2 ** 22 + 1
