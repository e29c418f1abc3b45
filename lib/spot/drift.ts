import type { z } from 'zod'

export type DriftReading<T> = { data: T; drift: string[] } | { brokenAt: string; drift: string[] }

type Path = readonly PropertyKey[]
type Container = Record<PropertyKey, unknown> | unknown[]

/**
 * What is never read as missing. Without its identity a row would stand for nothing, and without these lists
 * nodes would seem to have vanished: an answer broken there is refused whole.
 */
const unprunable: ReadonlySet<PropertyKey> = new Set([
  'response', 'items', 'id', 'accountId', 'nodeName', 'oldNodes', 'detailedStatus', 'migrationProgress',
])
const mostRounds = 12
const mostPaths = 50

/**
 * Parses leniently: a field of the wrong type is read as missing and named in `drift`, so that one odd value
 * does not hide a cluster. What cannot be missing (an identity, a run's status) breaks the answer, and
 * `brokenAt` says where. Changes `json` in place.
 */
export const readTolerantly = <Schema extends z.ZodType>(schema: Schema, json: unknown): DriftReading<z.output<Schema>> => {
  const drift = new Set<string>()
  const pruned = new Set<string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const parsed = schema.safeParse(json)
    if (parsed.success) return { data: parsed.data, drift: [...drift] }
    const targets = parsed.error.issues.map((issue) => pruneTarget(issue.path, pruned))
    for (const { path, canPrune } of targets) {
      if (!canPrune) return { brokenAt: pathText(path), drift: [...drift] }
      if (drift.size < mostPaths) drift.add(pathText(path, true))
      pruned.add(keyOf(path))
    }
    prune(json, targets.map(({ path }) => path))
  }
  return { brokenAt: '(many fields)', drift: [...drift] }
}

/** The field to drop for an issue: the field itself or, when it was dropped before, what holds it. */
const pruneTarget = (issuePath: Path, pruned: ReadonlySet<string>): { path: Path; canPrune: boolean } => {
  let path = issuePath
  while (path.length > 0 && canPrune(path)) {
    if (!pruned.has(keyOf(path))) return { path, canPrune: true }
    path = path.slice(0, -1)
  }
  return { path: issuePath, canPrune: false }
}

/** An element counts as the list that holds it: dropping a row of `items` would lose a node. */
const canPrune = (path: Path): boolean => {
  const name = path.findLast((part) => typeof part !== 'number')
  return name !== undefined && !unprunable.has(name)
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** Fields first, then elements from the deepest and the last: dropping an element moves those behind it. */
const prune = (json: unknown, paths: Path[]): void => {
  const distinct = [...new Map(paths.map((path) => [keyOf(path), path])).values()]
  const isElement = (path: Path) => typeof path.at(-1) === 'number'
  const elements = distinct.filter(isElement).sort((a, b) => b.length - a.length || Number(b.at(-1)) - Number(a.at(-1)))
  for (const path of [...distinct.filter((path) => !isElement(path)), ...elements]) {
    const holder = path.slice(0, -1).reduce<unknown>((value, part) => (isContainer(value) ? Reflect.get(value, part) : undefined), json)
    const last = path.at(-1)
    if (Array.isArray(holder) && typeof last === 'number') holder.splice(last, 1)
    else if (isContainer(holder) && last !== undefined) Reflect.deleteProperty(holder, last)
  }
}

const keyOf = (path: Path): string => path.join('\u0000')

/** `response.items[3].taints`; with `isGeneral`, `response.items[].taints`, so that 10,000 rows make one note. */
export const pathText = (path: Path, isGeneral = false): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${isGeneral ? '' : part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '') || '(the whole answer)'
