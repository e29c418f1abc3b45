import type { Entry, Resource } from './resource'
import { inScope, readFieldSelector } from './selectors/fields'
import { readLabelSelector } from './selectors/labels'
import { badRequest } from './status'

/** Which objects of a resource a request is about. */
export type Target = { resource: Resource; version: string; namespace: string | null; name: string | null }

/** Whether an object is what the path and the selectors ask for. Throws KubeFailure for a selector that cannot be read. */
export const readSelection = ({ resource, namespace, name }: Target, query: URLSearchParams) => {
  const inPath = inScope(namespace, name)
  const byLabels = readLabelSelector(query.get('labelSelector'))
  const byFields = readFieldSelector(query.get('fieldSelector'), resource)
  return (entry: Entry): boolean => inPath(entry) && (byFields === null || byFields(entry)) && (byLabels === null || byLabels(entry.labels()))
}

/** A parameter that is a whole number from zero up; null when it is left out or empty. */
export const readCount = (query: URLSearchParams, name: string): number | null => {
  const text = query.get(name)
  if (text === null || text === '') return null
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`invalid ${name} "${text}"`)
  return Number(text)
}

export const isYes = (query: URLSearchParams, name: string): boolean => ['true', '1', 't'].includes(query.get(name)?.toLowerCase() ?? '')
