import type { Form } from './accept'
import type { Parts } from './meta'
import type { Target } from './query'
import type { Entry, Resource } from './resource'
import { badRequest } from './status'

export type ListMeta = { resourceVersion: string; continue?: string; remainingItemCount?: number }

/** How answers to one request are put: as objects or as a Table. */
export type Presenter = {
  /** A list in pieces of text, so that a large one is never whole in memory. */
  list: (entries: readonly Entry[], meta: ListMeta) => Iterable<string>
  /** One object alone, as it is got or as it stands in a watch. */
  one: (entry: Entry) => unknown
  /** Tells a watch how far it has come. */
  bookmark: (version: number) => unknown
}

const apiVersionOf = ({ resource: { group }, version }: Target) => (group === '' ? version : `${group}/${version}`)

/** A JSON object with its last field, a list, left open for the pieces. */
function* pieces(head: object, field: string, items: Iterable<unknown>): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"${field}":[`
  let comma = ''
  for (const item of items) {
    yield comma + JSON.stringify(item)
    comma = ','
  }
  yield ']}'
}

function* each<Item>(entries: readonly Entry[], make: (entry: Entry) => Item): Generator<Item> {
  for (const entry of entries) yield make(entry)
}

const objects = (target: Target): Presenter => {
  const typed = { kind: target.resource.kind, apiVersion: apiVersionOf(target) }
  return {
    list: (entries, metadata) => pieces({ kind: `${typed.kind}List`, apiVersion: typed.apiVersion, metadata }, 'items', each(entries, (entry) => entry.object())),
    one: (entry) => ({ ...typed, ...entry.object() }),
    bookmark: (version) => ({ ...typed, metadata: { resourceVersion: String(version), creationTimestamp: null } }),
  }
}

const columnDefinitions = ({ columns }: Resource) =>
  columns.map(({ name, type, priority }) => ({ name, type, format: name === 'Name' ? 'name' : '', description: `${name} of the object`, priority }))

type Included = 'None' | 'Metadata' | 'Object'

const readIncluded = (text: string | null): Included => {
  const wanted = text === null || text === '' ? 'Metadata' : text
  if (wanted === 'None' || wanted === 'Metadata' || wanted === 'Object') return wanted
  throw badRequest(`unrecognized includeObject value: "${wanted}"`)
}

const table = (target: Target, version: string, included: Included, nowMs: number): Presenter => {
  const { resource } = target
  const typed = { kind: resource.kind, apiVersion: apiVersionOf(target) }
  const partial = { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}` }
  const headed = (metadata: object) => ({ kind: 'Table', apiVersion: `meta.k8s.io/${version}`, metadata, columnDefinitions: columnDefinitions(resource) })
  const shown = (object: Parts) => (included === 'Object' ? { ...typed, ...object } : { ...partial, metadata: object.metadata })
  const row = (entry: Entry) => {
    const object = entry.object()
    return { cells: resource.columns.map((column) => column.cell(object, nowMs)), ...(included === 'None' ? {} : { object: shown(object) }) }
  }
  return {
    list: (entries, metadata) => pieces(headed(metadata), 'rows', each(entries, row)),
    one: (entry) => ({ ...headed({ resourceVersion: entry.object().metadata.resourceVersion }), rows: [row(entry)] }),
    bookmark: (at) => {
      const metadata = { resourceVersion: String(at), creationTimestamp: null }
      return { ...headed({ resourceVersion: String(at) }), rows: [{ cells: resource.columns.map(() => ''), object: { ...partial, metadata } }] }
    },
  }
}

export const createPresenter = (target: Target, form: Form, query: URLSearchParams, nowMs: number): Presenter =>
  form.kind === 'objects' ? objects(target) : table(target, form.version, readIncluded(query.get('includeObject')), nowMs)
