import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { StateError } from './state-error'

/** State and start of a process from the kernel, null where there is none to ask: the start tells a living holder from a reused number. */
const lookAt = (pid: number): { isZombie: boolean; startedAt: string | null } => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { isZombie: fields[0] === 'Z', startedAt: fields[19] ?? null }
  } catch {
    return { isZombie: false, startedAt: null }
  }
}

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A holder writes its number and the start of its process. */
const isAlive = (holder: string): boolean => {
  const [pid, startedAt] = holder.trim().split(' ')
  if (pid === undefined || !/^[1-9]\d*$/.test(pid) || !isThere(Number(pid))) return false
  const now = lookAt(Number(pid))
  return !now.isZombie && (now.startedAt === null || startedAt === undefined || now.startedAt === startedAt)
}

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Whole or not at all: a lock is never seen half written. */
const tryLink = (from: string, to: string): boolean => {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Puts a dead holder's lock aside; one that another process has just taken is put back. */
const putAside = (lock: string, dead: string, aside: string): void => {
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (textOf(aside) !== dead) tryLink(aside, lock)
  rmSync(aside, { force: true })
}

const attempts = 5

/** Takes the file for this process, and returns how to give it back. Throws StateError while another holds it. */
export const lockFile = (file: string): (() => void) => {
  const lock = `${file}.lock`
  const own = `${lock}.${process.pid}`
  try {
    writeFileSync(own, `${process.pid} ${lookAt(process.pid).startedAt ?? ''}\n`, { mode: 0o600 })
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (tryLink(own, lock)) return () => rmSync(lock, { force: true })
      const holder = textOf(lock)
      if (holder === null) continue
      if (isAlive(holder)) throw new StateError(`The state in ${file} is in use by process ${holder.split(' ')[0]}. End that simulator, or give another file with --state.`)
      putAside(lock, holder, `${own}.dead`)
    }
    throw new StateError(`The state in ${file} cannot be locked. Remove ${lock} if no simulator uses it.`)
  } catch (error) {
    if (error instanceof StateError) throw error
    throw new StateError(`The state in ${file} cannot be locked (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}). Give a file in a folder that this user may write, with --state.`)
  } finally {
    rmSync(own, { force: true })
  }
}
