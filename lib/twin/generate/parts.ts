import { between, type Random } from '../random'
import type { Pdb, Pod, TwinNode, Workload, WorkloadKind } from '../types'

export const podAlphabet = 'bcdfghjklmnpqrstvwxz2456789'
const hourMs = 3_600_000

/** What is generated to run on the nodes. */
export type Built = { workloads: Workload[]; pdbs: Pdb[]; pods: Pod[] }

/** A workload of one small pod that nothing hinders. */
export const blank = (namespace: string, name: string, kind: WorkloadKind): Workload => ({
  id: `${namespace}/${name}`,
  name,
  namespace,
  kind,
  replicas: 1,
  requests: { milliCpu: 50, memoryMiB: 64, gpu: 0 },
  labels: { app: name },
  nodeSelector: {},
  requiredAffinity: [],
  preferredAffinity: [],
  tolerations: [],
  toleratesSpot: true,
  isScaleDownRestricted: false,
  startUpMs: 5_000,
  terminationMs: 10_000,
  hasVolumes: false,
  localData: 'none',
  annotations: {},
  pdbIds: [],
})

/** A pod that has run on the node for a while; without a node, one that waits for a place. */
export const podOf = (random: Random, workload: Workload, name: string, node: TwinNode | null): Pod => ({
  id: `${workload.namespace}/${name}`,
  name,
  namespace: workload.namespace,
  workloadId: workload.id,
  nodeName: node?.name ?? null,
  phase: node === null ? 'pending' : 'running',
  isBroken: false,
  volumeZone: workload.hasVolumes ? (node?.zone ?? null) : null,
  reason: null,
  createdAtMs: -between(random, 1, 700) * hourMs,
})
