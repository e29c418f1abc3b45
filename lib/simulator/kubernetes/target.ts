import type { Target } from './query'
import { findResource } from './resources/registry'

const below = (group: string, version: string, rest: readonly string[]): Target | null => {
  const [first, second, third, fourth, ...others] = rest
  if (first === undefined || others.length > 0) return null
  const isInNamespace = first === 'namespaces' && third !== undefined
  const [plural, name, namespace] = isInNamespace ? [third, fourth ?? null, second as string] : [first, second ?? null, null]
  if (!isInNamespace && third !== undefined) return null
  const resource = findResource(group, version, plural)
  // An object with a namespace is found below that only, one without never below any.
  if (resource === undefined || (isInNamespace && !resource.isNamespaced) || (name !== null && resource.isNamespaced !== isInNamespace)) return null
  return { resource, version, namespace, name }
}

/** The objects that a path of these segments names; null when it names none. */
export const readTargetPath = ([root, ...rest]: readonly string[]): Target | null => {
  if (root === 'api') return below('', rest[0] ?? '', rest.slice(1))
  return root === 'apis' ? below(rest[0] ?? '', rest[1] ?? '', rest.slice(2)) : null
}
