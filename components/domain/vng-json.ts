/** A text as JSON, or where it stops being JSON. `lines` gives the line of each field by its dotted path. */
export type JsonReading = { ok: true; value: unknown; lines: ReadonlyMap<string, number> } | { ok: false; line: number; sentence: string }

class Fault extends Error {
  constructor(
    readonly at: number,
    readonly sentence: string,
  ) {
    super(sentence)
  }
}

const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const plainToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b/y
const blank = /[ \t\r\n]*/y

const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length

/**
 * Reads JSON as `JSON.parse` does and tells faults in the words of a person, by line. Unlike `JSON.parse` it does
 * not take a key twice in one object: the first value would be lost.
 */
export const readJson = (text: string): JsonReading => {
  const lines = new Map<string, number>()
  let at = 0

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    at += found?.length ?? 0
    return found
  }
  const skip = () => void match(blank)
  const take = (sign: string): boolean => {
    skip()
    if (text[at] !== sign) return false
    at += 1
    return true
  }
  const readString = (): string => {
    const start = at
    const token = match(stringToken)
    if (token === null) throw new Fault(start, 'The text that begins here does not end on this line, or holds a character that needs a backslash.')
    return String(JSON.parse(token))
  }
  const more = (close: string, what: string): boolean => {
    if (take(close)) return false
    if (!take(',')) throw new Fault(at, at >= text.length ? `The text ends before the ${what} does: a ${close} is missing.` : `A comma or a ${close} belongs here.`)
    skip()
    if (text[at] === close) throw new Fault(at, `Nothing follows the comma before this ${close}: take the comma out.`)
    return true
  }
  const readKey = (known: Record<string, unknown>): string => {
    skip()
    if (text[at] !== '"') throw new Fault(at, 'A key in double quotes belongs here.')
    const start = at
    const key = readString()
    if (Object.hasOwn(known, key)) throw new Fault(start, `The key ${key} stands twice in this object.`)
    if (!take(':')) throw new Fault(at, `A colon belongs after the key ${key}.`)
    return key
  }
  const readObject = (path: string[]): Record<string, unknown> => {
    const entries: Record<string, unknown> = {}
    if (take('}')) return entries
    do {
      const key = readKey(entries)
      Object.defineProperty(entries, key, { value: readValue([...path, key]), enumerable: true, configurable: true, writable: true })
    } while (more('}', 'object'))
    return entries
  }
  const readList = (path: string[]): unknown[] => {
    const list: unknown[] = []
    if (take(']')) return list
    do list.push(readValue([...path, String(list.length)]))
    while (more(']', 'list'))
    return list
  }
  const readValue = (path: string[]): unknown => {
    skip()
    lines.set(path.join('.'), lineAt(text, at))
    if (take('{')) return readObject(path)
    if (take('[')) return readList(path)
    if (text[at] === '"') return readString()
    const start = at
    const token = match(plainToken)
    if (token === null) throw new Fault(start, start >= text.length ? 'The text ends where a value belongs.' : 'A value belongs here: text in double quotes, a number, true, false, null, an object or a list.')
    return JSON.parse(token)
  }

  try {
    const value = readValue([])
    skip()
    if (at < text.length) throw new Fault(at, 'Something follows the end of the object.')
    return { ok: true, value, lines }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, line: lineAt(text, error.at), sentence: error.sentence }
    throw error
  }
}

/** The line of a path, or of what holds it. */
export const lineOf = (lines: ReadonlyMap<string, number>, path: string): number => {
  for (let rest = path; rest !== ''; rest = rest.includes('.') ? rest.slice(0, rest.lastIndexOf('.')) : '') {
    const line = lines.get(rest)
    if (line !== undefined) return line
  }
  return 1
}
