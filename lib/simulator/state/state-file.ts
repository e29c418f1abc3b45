import { closeSync, openSync, readFileSync, renameSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import type { z } from 'zod'
import { entry, header, stateFormat, type Anchor, type Entry, type Header, type Origin } from './entries'
import { lockFile } from './lock'
import { StateError } from './state-error'

type Kept = { header: Header; entries: Entry[] }

type StateFile = {
  /** The clock's first stretch and all that an earlier process did, oldest first; null in a new file. */
  kept: { start: Anchor; entries: Entry[] } | null
  /** Begins a new file, or checks that a kept one comes from the same. Throws StateError when it does not. */
  begin: (origin: Origin, start: Anchor) => void
  /**
   * On its way to the disk when this returns: the end of this process cannot lose it, that of the machine can.
   * Throws StateError when it cannot be written; the file then ends before it.
   */
  append: (entry: Entry) => void
  close: () => void
}

const parseLine = <Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null => {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const kindOf = (line: string): { kind?: unknown; format?: unknown } => {
  try {
    return (JSON.parse(line) ?? {}) as { kind?: unknown; format?: unknown }
  } catch {
    return {}
  }
}

const readHeader = (file: string, line: string): Header => {
  const { kind, format } = kindOf(line)
  if (kind !== 'slipway-simulator-state') throw new StateError(`${file} holds something else than the state of a simulator. It was left as it is; give another file with --state.`)
  if (format !== stateFormat) throw new StateError(`The state in ${file} has format ${String(format)}, and this simulator reads format ${stateFormat}. Give another file with --state.`)
  const read = parseLine(header, line)
  if (read === null) throw new StateError(`The first line of the state in ${file} is damaged. Give another file with --state.`)
  return read
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return ''
    throw new StateError(`The state in ${file} cannot be read (${code ?? 'unknown fault'}).`)
  }
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1)

/** A last line without its end was being written when the process died: it is no part of the state. */
const readKept = (file: string, text: string): Kept | null => {
  if (text === '') return null
  const [first = '', ...lines] = wholeLines(text).split('\n').slice(0, -1)
  const read = readHeader(file, first)
  const entries = lines.map((line, index) => {
    const done = parseLine(entry, line)
    if (done === null) throw new StateError(`Line ${index + 2} of the state in ${file} is damaged. Give another file with --state.`)
    return done
  })
  return { header: read, entries }
}

const lineOf = (value: Header | Entry) => `${JSON.stringify(value)}\n`

/** The header is there whole or not at all. */
const create = (file: string, first: Header): void => {
  writeFileSync(`${file}.new`, lineOf(first), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const flagText = (name: string, value: string | number | null) => (value === null ? `no --${name}` : `--${name} ${value}`)

const compare = (file: string, made: Origin, asked: Origin): void => {
  for (const name of ['seed', 'nodes', 'pods', 'scenario'] as const)
    if (made[name] !== asked[name]) throw new StateError(`The state in ${file} was made with ${flagText(name, made[name])}, not with ${flagText(name, asked[name])}. Start with the same, or give another file with --state.`)
}

/**
 * Opens the file for this process alone: one line for the header and one for each thing done. Throws StateError
 * when it is in use, cannot be read, or holds something else; the file is then as it was.
 */
export const openStateFile = (file: string): StateFile => {
  const unlock = lockFile(file)
  let handle: number | null = null
  try {
    const text = readText(file)
    const kept = readKept(file, text)
    const open = (): number => {
      if (handle !== null) return handle
      if (kept !== null) truncateSync(file, Buffer.byteLength(wholeLines(text)))
      return (handle = openSync(file, 'a', 0o600))
    }
    return {
      kept: kept === null ? null : { start: kept.header.start, entries: kept.entries },
      begin: (origin, start) => (kept === null ? create(file, { kind: 'slipway-simulator-state', format: stateFormat, origin, start }) : compare(file, kept.header.origin, origin)),
      append: (next) => {
        try {
          writeSync(open(), lineOf(next))
        } catch (error) {
          throw new StateError(`The state in ${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}). The simulator ends, so that it does not go on without it.`)
        }
      },
      close: () => {
        if (handle !== null) closeSync(handle)
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
