import { readToken, writeToken, type Mark } from './continue-token'
import type { ListMeta } from './present'
import { isYes, readCount, readSelection, type Target } from './query'
import { keyOf, type Entries, type Entry } from './resource'
import { badRequest, expiredToken, expiredVersion, tooLargeVersion } from './status'
import type { View } from './view'

export type Page = { entries: Entry[]; meta: ListMeta }

/** From which version on this kind can be shown as it was. Kinds without a history are shown as they are now. */
const oldestOf = (view: View, { resource }: Target): number => resource.watch?.oldest(view) ?? view.ledger.nodes.oldest()

/** The list that a page continues. It is still there while the changes since then are. */
const continued = (view: View, target: Target, text: string): Mark => {
  const at = readToken(text)
  if (at.version < oldestOf(view, target) || at.version > view.ledger.version()) throw expiredToken()
  return at
}

/** Kubernetes' rule: without a match a version asks for a list not older than that. */
const versionAsked = (view: View, target: Target, query: URLSearchParams): number => {
  const current = view.ledger.version()
  const asked = readCount(query, 'resourceVersion') ?? 0
  if (asked > current) throw tooLargeVersion(asked, current)
  const match = query.get('resourceVersionMatch')
  if (match !== null && match !== '' && match !== 'Exact' && match !== 'NotOlderThan') throw badRequest(`invalid resourceVersionMatch "${match}"`)
  if (match !== 'Exact') return current
  if (asked < oldestOf(view, target)) throw expiredVersion(asked, oldestOf(view, target))
  return asked
}

const hasSelector = (query: URLSearchParams) => Boolean(query.get('labelSelector') || query.get('fieldSelector'))

/** Where the entries after a key begin. */
const startAfter = (entries: Entries, key: string): number => {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (keyOf(entries.at(middle) as Entry) > key) high = middle
    else low = middle + 1
  }
  return low
}

/** The entries that are selected from a place on, at most `limit`, and how many stand after the last of them, counted up to `countTo`. */
const take = (entries: Entries, start: number, isSelected: (entry: Entry) => boolean, limit: number, countTo: number): { taken: Entry[]; rest: number } => {
  const taken: Entry[] = []
  let rest = 0
  for (let index = start; index < entries.length && rest < countTo; index += 1) {
    const entry = entries.at(index) as Entry
    if (!isSelected(entry)) continue
    if (taken.length < limit) taken.push(entry)
    else rest += 1
  }
  return { taken, rest }
}

/** One page of a list, or all of it (Kubernetes, API Concepts, "Retrieving large results sets in chunks"). Throws KubeFailure. */
export const listPage = (view: View, target: Target, query: URLSearchParams): Page => {
  const token = query.get('continue')
  const at = token === null || token === '' ? { version: versionAsked(view, target, query), key: '' } : continued(view, target, token)
  const limit = readCount(query, 'limit') || Number.POSITIVE_INFINITY
  const isSelected = readSelection(target, query)
  const entries = target.resource.entries(view, at.version)
  // How many follow is told only where nothing is selected; else it is enough to know whether any does.
  const isCounted = !hasSelector(query)
  const { taken, rest } = take(entries, startAfter(entries, at.key), isSelected, limit, isCounted ? Number.POSITIVE_INFINITY : 1)
  const last = taken.at(-1)
  if (rest === 0 || last === undefined) return { entries: taken, meta: { resourceVersion: String(at.version) } }
  const next = writeToken({ version: at.version, key: keyOf(last) })
  return { entries: taken, meta: { resourceVersion: String(at.version), continue: next, ...(isCounted ? { remainingItemCount: rest } : {}) } }
}

export const isWatch = (query: URLSearchParams): boolean => isYes(query, 'watch')
