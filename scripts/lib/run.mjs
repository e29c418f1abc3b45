import { spawn } from 'node:child_process'
import { root } from './project.mjs'

/** Runs a command to its end with its output shown; resolves to its exit code. */
export const run = (command, args, { env = process.env, quiet = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: quiet ? 'ignore' : 'inherit' })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })

/** Runs a command to its end; resolves to its exit code and all it printed. */
export const capture = (command, args, { env = process.env, echo = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
        if (echo) process.stdout.write(chunk)
      })
    child.once('error', reject)
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })

/** Starts a server that goes on running. The caller ends it, by its id and no other. */
export const start = (command, args, { env = process.env, stdio = 'inherit' } = {}) => spawn(command, args, { cwd: root, env, stdio })

const ended = (child) => child.exitCode !== null || child.signalCode !== null

/** Asks a process to end and waits; after `graceMs` it is killed. */
export const end = (child, graceMs = 8000) =>
  new Promise((resolve) => {
    if (ended(child)) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })

/** Ends every child when this script is told to, or when one of them ends; exits with `code` of that one. */
export const superviseAll = (children) => {
  let isEnding = false
  const stop = async (code) => {
    if (isEnding) return
    isEnding = true
    await Promise.all(children.map((child) => end(child)))
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))
  for (const child of children) child.once('exit', (code) => void stop(code ?? 1))
}

/** Waits until an address answers; throws when the process behind it ends first or time runs out. */
export const waitFor = async (url, child, timeoutMs = 60_000) => {
  const until = Date.now() + timeoutMs
  while (Date.now() < until) {
    if (child && ended(child)) throw new Error('ended')
    try {
      await fetch(url, { redirect: 'manual' })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`${url} did not answer in time.`)
}
