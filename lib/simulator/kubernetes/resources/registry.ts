import type { Resource } from '../resource'
import { podDisruptionBudgets } from './budgets'
import { persistentVolumeClaims } from './claims'
import { configMaps } from './config-maps'
import { daemonSets } from './daemon-sets'
import { deployments } from './deployments'
import { events } from './events'
import { jobs } from './jobs'
import { leases } from './leases'
import { namespaces } from './namespaces'
import { nodes } from './nodes'
import { pods } from './pods'
import { replicaSets } from './replica-sets'
import { statefulSets } from './stateful-sets'
import { persistentVolumes } from './volumes'

/** Everything that can be read, in the order of discovery. */
export const resources: readonly Resource[] = [
  configMaps,
  events,
  namespaces,
  nodes,
  persistentVolumeClaims,
  persistentVolumes,
  pods,
  daemonSets,
  deployments,
  replicaSets,
  statefulSets,
  jobs,
  podDisruptionBudgets,
  leases,
]

export const findResource = (group: string, version: string, plural: string): Resource | undefined =>
  resources.find((resource) => resource.group === group && resource.plural === plural && resource.versions.includes(version))
