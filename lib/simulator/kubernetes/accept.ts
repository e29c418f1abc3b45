import { notAcceptable } from './status'

/** What an answer looks like: the objects themselves, or a Table of this version of meta.k8s.io. */
export type Form = { kind: 'objects' } | { kind: 'table'; version: string }

const tableVersions = ['v1', 'v1beta1']

const parse = (range: string): { type: string; parameters: Map<string, string> } => {
  const [type = '', ...rest] = range.split(';').map((part) => part.trim().toLowerCase())
  return { type, parameters: new Map(rest.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)])) }
}

const formOf = (range: string): Form | null => {
  const { type, parameters } = parse(range)
  if (!['application/json', 'application/*', '*/*'].includes(type)) return null
  const as = parameters.get('as')
  if (as === undefined) return { kind: 'objects' }
  const version = parameters.get('v') ?? ''
  return as === 'table' && parameters.get('g') === 'meta.k8s.io' && tableVersions.includes(version) ? { kind: 'table', version } : null
}

/** The first form the client names that is known here (Kubernetes, API Concepts, "Receiving resources as Tables"). Throws KubeFailure. */
export const readAccept = (header: string | undefined): Form => {
  if (header === undefined || header.trim() === '') return { kind: 'objects' }
  for (const range of header.split(',')) {
    const form = formOf(range)
    if (form !== null) return form
  }
  throw notAcceptable()
}
