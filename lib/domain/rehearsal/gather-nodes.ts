import type { RawMatch } from '@/lib/spot/schemas/discovery'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { KubeNode } from '../kube-facts'
import { spotKey, zoneLabel, zoneNumber } from '../matching/own-keys'
import { parseTaint } from '../matching/taints'
import type { Carrier, RehearsalFacts, RehearsalNode } from './facts'
import { createPlaces } from './places'

/** What a node takes where neither Kubernetes nor its group says (Spot API, Create Virtual Node Group, `maxPodsPerNode`). */
const usualMaxPods = 110
const hostname = 'kubernetes.io/hostname'
/** Kubernetes puts these on for a state of the node, which stands beside them. */
const stateTaint = /^node\.(cloudprovider\.)?kubernetes\.io\//

/** What Get Migration Discovery says of a node. */
export type DiscoveredForRehearsal = { nodeName: string; nodePoolName: string; runningPods: number | null; match: RawMatch }

type NodesToGather = {
  reported: readonly SpotNode[]
  discovered: readonly DiscoveredForRehearsal[]
  /** Empty where Kubernetes was not read. */
  kubeNodes: ReadonlyMap<string, KubeNode>
  region: string
}

const carrierOf = (spot: SpotNode, kube: KubeNode | undefined): Carrier => {
  const { [hostname]: _own, ...labels } = kube?.labels ?? spot.labels
  const taints = kube?.taints ?? spot.taints.map(parseTaint)
  return { labels, taints: taints.filter(({ key }) => !stateTaint.test(key)) }
}

const zoneOf = (labels: Record<string, string>, zone: string | null, region: string): string => {
  const labelled = labels[zoneLabel]
  if (labelled !== undefined) return labelled
  const number = zone === null ? null : zoneNumber(zone)
  return number === null ? '0' : `${region}-${number}`
}

const matchOf = (match: RawMatch): Pick<RehearsalNode, 'match'> => {
  if (match.kind === 'not-said') return {}
  if (match.kind === 'vng') return { match: match.vngId }
  return { match: match.kind === 'default' ? 'Default' : null }
}

const triple = (milliCpu: number | null, memoryMiB: number | null, gpu: number | null): RehearsalNode['requested'] =>
  milliCpu === null || memoryMiB === null ? null : { milliCpu, memoryMiB, gpu: gpu ?? 0 }

/**
 * Every node of the cluster, for new pods may land on any. Where Kubernetes was read its word on a node counts,
 * for it is the scheduler's own; Spot's where it was not.
 */
export const gatherNodes = ({ reported, discovered, kubeNodes, region }: NodesToGather): Pick<RehearsalFacts, 'carriers' | 'nodes'> => {
  const found = new Map(discovered.map((node) => [node.nodeName, node]))
  const carriers = createPlaces((text: string) => JSON.parse(text) as Carrier)
  const nodeOf = (spot: SpotNode): RehearsalNode => {
    const kube = kubeNodes.get(spot.nodeName)
    const carrier = carrierOf(spot, kube)
    const discovery = found.get(spot.nodeName)
    return {
      nodeName: spot.nodeName,
      poolName: discovery?.nodePoolName ?? spot.nodePoolName ?? '',
      carrier: carriers.place(JSON.stringify(carrier)),
      vngId: spot.virtualNodeGroupId,
      isDiscovered: discovery !== undefined,
      ...(discovery === undefined ? {} : matchOf(discovery.match)),
      vmSize: spot.vmSize ?? '',
      zone: zoneOf(carrier.labels, spot.availabilityZone, region),
      isSpot: spot.lifeCycle?.toLowerCase() === 'spot' || carrier.labels[spotKey] === 'spot',
      allocatable: kube?.allocatable ?? triple(spot.allocatableMilliCpu, spot.allocatableMemoryInMiB, spot.allocatableGpu),
      maxPods: kube?.allocatable.pods ?? Math.max(usualMaxPods, discovery?.runningPods ?? 0),
      isReady: kube?.isReady ?? spot.nodeStatus?.toUpperCase() !== 'FALSE',
      isCordoned: kube?.isUnschedulable ?? false,
      runningPods: discovery?.runningPods ?? null,
      requested: triple(spot.workloadRequestedMilliCpu, spot.workloadRequestedMemoryInMiB, spot.workloadRequestedGpu),
    }
  }
  const nodes = reported.map(nodeOf)
  return { carriers: carriers.values, nodes }
}
