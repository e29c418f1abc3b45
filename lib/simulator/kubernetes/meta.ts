import { hash } from 'node:crypto'
import type { TwinMs } from '@/lib/twin/types'
import type { View } from './view'

export type Texts = Record<string, string>

export type OwnerReference = { apiVersion: string; kind: string; name: string; uid: string; controller: true; blockOwnerDeletion: true }

export type Metadata = {
  name: string
  namespace?: string
  uid: string
  resourceVersion: string
  creationTimestamp: string
  generation?: number
  labels?: Texts
  annotations?: Texts
  ownerReferences?: OwnerReference[]
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  finalizers?: string[]
  generateName?: string
}

/** An object without its kind and version: as it stands in a list. */
export type Parts = { metadata: Metadata }

/** Always the same for the same names, as nothing is stored. */
export const uidOf = (...names: string[]): string => {
  const hex = hash('sha256', names.join('\n'))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

type Naming = {
  kind: string
  name: string
  namespace?: string
  version: number
  createdMs: TwinMs
  /** Tells objects of one name apart that follow each other. */
  birth?: string
}

/** The metadata that every object has. */
export const metadataOf = ({ clusterId, stamp }: View, { kind, name, namespace, version, createdMs, birth }: Naming): Metadata => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  uid: uidOf(clusterId, kind, namespace ?? '', name, birth ?? ''),
  resourceVersion: String(version),
  creationTimestamp: stamp(createdMs),
})

export const ownedBy = (apiVersion: string, kind: string, { name, uid }: Pick<Metadata, 'name' | 'uid'>): OwnerReference[] => [
  { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true },
]
