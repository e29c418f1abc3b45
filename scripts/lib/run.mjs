import { spawn } from 'node:child_process'
import { root, say } from './project.mjs'

/** What this script has started and not yet ended; it leaves none of them behind. */
const running = new Set()

/** Starts a process in the checkout. */
export const start = (command, args, { env = process.env, stdio = 'inherit' } = {}) => {
  const child = spawn(command, args, { cwd: root, env, stdio })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Runs a command to its end; resolves to its exit code. */
export const run = (command, args, { env, quiet = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, { env, stdio: quiet ? 'ignore' : 'inherit' })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })

/** Runs a command to its end; resolves to its exit code and all it printed. */
export const capture = (command, args, { env, stderr = 'pipe' } = {}) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, { env, stdio: ['ignore', 'pipe', stderr] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })

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

let ending
let isServing = false

/** Ends all that this script has started, then the script. */
export const endAll = (code) => {
  ending ??= Promise.all([...running].map((child) => end(child))).then(() => process.exit(code))
  return ending
}

// To end servers is what they are told; anything else was broken off.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void endAll(isServing ? 0 : 130))
// A script that throws or exits on its own does not leave its servers behind either.
process.once('exit', () => running.forEach((child) => child.kill('SIGTERM')))

/** Binds a server to this script: told to end, the script ends it first; a server that ends by itself ends the script. */
export const supervise = (name, child) => {
  isServing = true
  child.once('exit', (code) => {
    if (ending === undefined && code !== 0) say(`${name} ended by itself; see above.`)
    void endAll(code ?? 1)
  })
  return child
}

const answers = (url) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  )

/** Waits until a supervised server answers; when it does not in time, everything ends. */
export const untilReady = async (name, url, timeoutMs = 60_000) => {
  const until = Date.now() + timeoutMs
  while (!(await answers(url))) {
    if (Date.now() > until) {
      say(`${name} did not answer at ${url} within ${timeoutMs / 1000} s.`)
      await endAll(1)
    }
    await (ending ?? new Promise((resolve) => setTimeout(resolve, 100)))
  }
}
