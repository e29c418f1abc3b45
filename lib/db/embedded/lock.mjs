import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { createConnection } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How long a lock may be unreadable because it is being written, and how long one may take to look at another's. */
const writingMs = 2_000
const takingMs = 10_000
/** How long an owner whose server has gone is given to close before it is ended. */
const orphanMs = 5_000
/** How long the socket of a process that is ending may still answer: its threads end one by one. */
const endingMs = 3_000
const deadlineMs = 20_000
const pauseMs = 50

/** State and start of a process from the kernel: the start tells a living holder from a reused number. Linux only. */
const lookAt = (pid) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { isZombie: fields[0] === 'Z', startedAt: fields[19] }
  } catch {
    return { isZombie: false, startedAt: null }
  }
}

const identify = (pid) => ({ pid, startedAt: lookAt(pid).startedAt })

const isAlive = ({ pid, startedAt }) => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  const now = lookAt(pid)
  return !now.isZombie && (now.startedAt === null || startedAt === null || now.startedAt === startedAt)
}

const create = (file, text) => {
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeSync(handle, text)
    closeSync(handle)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

const ageMs = (file) => Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)

const textOf = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const holderOf = (text) => {
  try {
    const holder = JSON.parse(text)
    return Number.isInteger(holder.pid) ? holder : null
  } catch {
    return null
  }
}

/** A holder in another container has a number that means nothing here, but its socket answers. */
const answers = (socket) =>
  new Promise((resolve) => {
    if (typeof socket !== 'string') return resolve(false)
    const probe = createConnection(socket)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })

/** Removes a dead holder's lock, one process at a time: two that found it dead must not remove each other's. */
const removeDead = (file, text) => {
  const taking = `${file}.taking`
  if (!create(taking, '')) {
    if (ageMs(taking) > takingMs) rmSync(taking, { force: true })
    return
  }
  try {
    if (textOf(file) === text) rmSync(file, { force: true })
  } finally {
    rmSync(taking, { force: true })
  }
}

const inUse = (dataDir, { pid, parent }) =>
  new Error(`The data directory ${dataDir} is in use by process ${pid}${parent === undefined ? '' : `, which belongs to the server with process ${parent.pid}`}. End that server, or give another directory with SLIPWAY_DATA_DIR.`)

/** True when the holder's server is gone: such an owner closes by itself, and one that is stuck may be ended. */
const isOrphan = ({ parent }) => parent !== undefined && !isAlive(parent)

const prepare = (dataDir) => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    const refusal = new Error(`The data directory ${dataDir} cannot be used (${error.code}). Give one that this user may write, with SLIPWAY_DATA_DIR.`, { cause: error })
    throw Object.assign(refusal, { code: error.code })
  }
}

/**
 * Takes the directory for this process: PGlite loses rows in silence when two processes open one. Throws
 * with the holder's number; a lock whose holder is dead is taken over.
 */
export const takeLock = async (dataDir, socket) => {
  prepare(dataDir)
  const file = path.join(dataDir, 'slipway.lock')
  const own = JSON.stringify({ ...identify(process.pid), parent: identify(process.ppid), socket })
  const startedMs = performance.now()
  let answeringSinceMs = null
  while (performance.now() - startedMs < deadlineMs) {
    if (create(file, own)) return () => rmSync(file, { force: true })
    const text = textOf(file)
    const holder = holderOf(text)
    if (holder === null) {
      if (ageMs(file) > writingMs) removeDead(file, text)
    } else if (!isAlive(holder)) {
      if (await answers(holder.socket)) {
        answeringSinceMs ??= performance.now()
        if (performance.now() - answeringSinceMs > endingMs) throw inUse(dataDir, holder)
      } else removeDead(file, text)
    } else {
      if (!isOrphan(holder)) throw inUse(dataDir, holder)
      if (performance.now() - startedMs > orphanMs) process.kill(holder.pid, 'SIGKILL')
    }
    await pause(pauseMs)
  }
  throw new Error(`The data directory ${dataDir} cannot be locked.`)
}
