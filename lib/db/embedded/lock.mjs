import { mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs'
import path from 'node:path'

/** When a process was started, in the kernel's ticks: tells a living holder from a reused number. Linux only. */
const startOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[19]
  } catch {
    return null
  }
}

const isAlive = ({ pid, startedAt }) => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  const now = startOf(pid)
  return now === null || startedAt === null || now === startedAt
}

const readHolder = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Takes the directory for this process: PGlite loses rows in silence when two processes open one. Throws
 * with the holder's number; a lock whose holder is dead is taken over.
 */
export const takeLock = (dataDir) => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'slipway.lock')
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = readHolder(file)
      if (holder !== null && isAlive(holder))
        throw new Error(`The data directory ${dataDir} is in use by process ${holder.pid}. End it, or give another directory with SLIPWAY_DATA_DIR.`, { cause: error })
      rmSync(file, { force: true })
    }
  }
  throw new Error(`The data directory ${dataDir} cannot be locked.`)
}
