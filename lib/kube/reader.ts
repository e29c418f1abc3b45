import 'server-only'
import type { KubeFacts, KubePart } from '@/lib/domain/kube-facts'
import { readAutoscaler } from './autoscaler'
import { createConnector, type Connection, type KubeSettings, type KubeWay } from './connection'
import { connectionFailure } from './failure'
import { defaultKubeLimits, type KubeLimits } from './limits'
import { readList, type Reading as ListReading } from './list'
import { claimsOf, daemonSetOf, namespaceOf, nodeOf, pdbOf, workloadOf } from './shape'
import { afterOnce, patiently, type After, type Patience } from './patience'
import { createSharer, podOf, type Sharer } from './shape-pods'
import { wireClaim, wireNamespace, wireNode, wirePdb, wirePod, wireVolume, wireWorkload } from './wire'

export type KubeReader = {
  /** Whether the settings name a way to this cluster. */
  isConnected: (clusterId: string) => Promise<boolean>
  /** The way that is used, and what the last reading brought; null while there was none. Asks Kubernetes nothing. */
  connectionOf: (clusterId: string) => Promise<{ way: KubeWay; lastFacts: KubeFacts | null } | null>
  /**
   * What Kubernetes says of the cluster, not older than `maxAgeMs`, or what a reading that is under way will
   * say: readers of the same cluster share it. A reading older than that but not older than `staleMs` (by
   * default there is none) is handed out at once while the next one is made: that of a large cluster takes
   * longer than a person waits. Never throws: each kind carries its own failure. Who may see it is for the caller to decide.
   */
  read: (clusterId: string, maxAgeMs: number, staleMs?: number) => Promise<KubeFacts>
  /** The same, or null once patience has ended: silence is counted from the last page that came, of whatever kind. */
  readPatiently: (clusterId: string, maxAgeMs: number, patience: Patience) => Promise<KubeFacts | null>
}

export type KubeReaderOptions = { settings: KubeSettings; limits?: Partial<KubeLimits>; now?: () => number; after?: After }

const failed = (error: unknown): { state: 'failed'; sentence: string; remedy: string } => {
  const { message, remedy } = connectionFailure(error)
  return { state: 'failed', sentence: message, remedy }
}

const notEnded = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' }

const createLists = (connection: Connection, reading: ListReading, share: Sharer) => {
  const workloads = (kind: 'Deployment' | 'StatefulSet', resource: string) =>
    readList(connection, { resource, path: `apis/apps/v1/${resource}` }, wireWorkload, (item) => workloadOf(kind, item, share), reading)
  const volumes = () => readList(connection, { resource: 'persistentvolumes', path: 'api/v1/persistentvolumes' }, wireVolume, (item) => item, reading)
  const claims = () => readList(connection, { resource: 'persistentvolumeclaims', path: 'api/v1/persistentvolumeclaims' }, wireClaim, (item) => item, reading)
  return {
    nodes: () => readList(connection, { resource: 'nodes', path: 'api/v1/nodes' }, wireNode, nodeOf, reading),
    pods: () => readList(connection, { resource: 'pods', path: 'api/v1/pods', query: notEnded }, wirePod, (item) => podOf(item, share), reading),
    workloads: async () => (await Promise.all([workloads('Deployment', 'deployments'), workloads('StatefulSet', 'statefulsets')])).flat(),
    pdbs: () => readList(connection, { resource: 'poddisruptionbudgets', path: 'apis/policy/v1/poddisruptionbudgets' }, wirePdb, pdbOf, reading),
    daemonSets: () => readList(connection, { resource: 'daemonsets', path: 'apis/apps/v1/daemonsets' }, wireWorkload, (item) => daemonSetOf(item, share), reading),
    claims: async () => claimsOf(...(await Promise.all([claims(), volumes()]))),
    namespaces: () => readList(connection, { resource: 'namespaces', path: 'api/v1/namespaces' }, wireNamespace, namespaceOf, reading),
    autoscaler: () => readAutoscaler(connection, reading),
  }
}

/** Reads every kind at once; one that fails takes no other with it. */
const readFacts = async (connection: Connection, reading: ListReading, now: () => number): Promise<KubeFacts> => {
  const readAtMs = now()
  const lists = createLists(connection, reading, createSharer())
  const part = <Item>(list: () => Promise<Item[]>): Promise<KubePart<Item>> => list().then((items) => ({ state: 'read' as const, items, readAtMs }), failed)
  const [nodes, pods, workloads, pdbs, daemonSets, claims, namespaces, autoscaler] = await Promise.all([
    part(lists.nodes),
    part(lists.pods),
    part(lists.workloads),
    part(lists.pdbs),
    part(lists.daemonSets),
    part(lists.claims),
    part(lists.namespaces),
    part(lists.autoscaler),
  ])
  return { nodes, pods, workloads, pdbs, daemonSets, claims, namespaces, autoscaler }
}

const allFailed = (error: unknown): KubeFacts => {
  const part = failed(error)
  return { nodes: part, pods: part, workloads: part, pdbs: part, daemonSets: part, claims: part, namespaces: part, autoscaler: part }
}

const destroyAgent = ({ options: { agent } }: Connection) => {
  if (typeof agent === 'object') agent.destroy()
}

type Reading = { startedMs: number; heardMs: number; isOver: boolean; facts: Promise<KubeFacts> }
type Last = { startedMs: number; facts: KubeFacts }

/** The process's one way to Kubernetes: read-only, and only to the clusters that the settings name. */
export const createKubeReader = ({ settings, limits, now = Date.now, after = afterOnce }: KubeReaderOptions): KubeReader => {
  const connector = createConnector(settings)
  const bounds = { ...defaultKubeLimits, ...limits }
  // The last readings of each cluster are kept: there are as many as the settings name.
  const readings = new Map<string, Reading>()
  const last = new Map<string, Last>()

  const readNow = async (clusterId: string, onPage: () => void): Promise<KubeFacts> => {
    try {
      const connection = await connector.connect(clusterId)
      return await readFacts(connection, { limits: bounds, onPage }, now).finally(() => destroyAgent(connection))
    } catch (error) {
      return allFailed(error)
    }
  }

  const begin = (clusterId: string): Reading => {
    const startedMs = now()
    const onPage = () => {
      reading.heardMs = now()
    }
    const facts = readNow(clusterId, onPage).then((found) => {
      reading.isOver = true
      last.set(clusterId, { startedMs, facts: found })
      return found
    })
    const reading: Reading = { startedMs, heardMs: startedMs, isOver: false, facts }
    readings.set(clusterId, reading)
    return reading
  }

  /** The reading under way, the last one where it is new enough, else the next. */
  const current = (clusterId: string, maxAgeMs: number): Reading => {
    const known = readings.get(clusterId)
    return known !== undefined && (!known.isOver || now() - known.startedMs <= maxAgeMs) ? known : begin(clusterId)
  }

  return {
    isConnected: async (clusterId) => (await connector.wayTo(clusterId)) !== null,
    connectionOf: async (clusterId) => {
      const way = await connector.wayTo(clusterId)
      return way === null ? null : { way, lastFacts: last.get(clusterId)?.facts ?? null }
    },
    read: async (clusterId, maxAgeMs, staleMs = 0) => {
      const { isOver, facts } = current(clusterId, maxAgeMs)
      const before = last.get(clusterId)
      return !isOver && before !== undefined && now() - before.startedMs <= staleMs ? before.facts : facts
    },
    readPatiently: async (clusterId, maxAgeMs, patience) => {
      const reading = current(clusterId, maxAgeMs)
      return patiently(reading.facts, () => reading.heardMs, patience, { now, after })
    },
  }
}
