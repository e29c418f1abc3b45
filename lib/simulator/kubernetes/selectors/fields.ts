import { keyOf, type Entry, type Resource } from '../resource'
import { badRequest } from '../status'

type Test = (entry: Entry) => boolean

const part = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/

const valueOf = (entry: Entry, field: string): string => {
  if (field === 'metadata.name') return entry.name
  return field === 'metadata.namespace' ? entry.namespace : (entry.fields()[field] ?? '')
}

const requirement = (text: string, { fieldNames, kind }: Resource): Test => {
  const [, field, operator, wanted] = part.exec(text.trim()) ?? []
  if (field === undefined || wanted === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`)
  if (!['metadata.name', 'metadata.namespace', ...fieldNames].includes(field)) throw badRequest(`Unable to find "${kind}" that match field selector: field label not supported: ${field}`)
  return (entry) => (valueOf(entry, field) === wanted) === (operator !== '!=')
}

/** Reads a field selector; null where there is none. Each kind has fields of its own (Kubernetes, Field Selectors). Throws KubeFailure. */
export const readFieldSelector = (text: string | null, resource: Resource): Test | null => {
  if (text === null || text.trim() === '') return null
  const tests = text.split(',').map((one) => requirement(one, resource))
  return (entry) => tests.every((test) => test(entry))
}

/** Whether an object is in the namespace that the path names; null is every one. */
export const inScope = (namespace: string | null, name: string | null): Test => {
  if (name !== null) return (entry) => keyOf(entry) === `${namespace ?? ''}/${name}`
  return (entry) => namespace === null || entry.namespace === namespace
}
