import { groupById, osOf } from '@/lib/twin/groups'
import type { TwinNode, TwinState, TwinTaint } from '@/lib/twin/types'
import type { Discovered } from '@/lib/twin/views'
import type { World } from '../world'

const nodeEffects: Record<string, string> = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' }

const taintText = ({ key, value, effect }: TwinTaint) => `${key}=${value}:${nodeEffects[effect] ?? effect}`

/** An item of Get Cluster Nodes. The VNG's fields are there for managed nodes only. */
export const nodeView = (world: World, state: TwinState, node: TwinNode) => {
  const used = state.loads.get(node.name) ?? { milliCpu: 0, memoryMiB: 0, gpu: 0 }
  return {
    nodeId: node.nodeId,
    nodeName: node.name,
    nodePoolName: node.poolName,
    ...(node.vngId === null ? {} : { virtualNodeGroupId: node.vngId, virtualNodeGroupName: groupById(state, node.vngId)?.name ?? '' }),
    vmSize: node.vmSize,
    lifeCycle: node.lifecycle,
    availabilityZone: node.zone.slice(node.zone.lastIndexOf('-') + 1),
    commitmentType: 'none',
    ipAddress: node.ipAddress,
    osImage: osOf(node) === 'windows' ? 'AKSWindows-2022-containerd-202610.12.0' : 'AKSUbuntu-2204gen2containerd-202610.12.0',
    operatingSystem: osOf(node),
    architecture: 'amd64',
    nodeStatus: node.isReady ? 'TRUE' : 'FALSE',
    registrationStatus: 'Registered',
    createdAt: world.stamp(node.createdAtMs),
    labels: node.labels,
    taints: node.taints.map(taintText),
    workloadRequestedMilliCpu: used.milliCpu,
    workloadRequestedMemoryInMiB: used.memoryMiB,
    workloadRequestedGpu: used.gpu,
    headroomRequestedMilliCpu: 0,
    headroomRequestedMemoryInMiB: 0,
    headroomRequestedGpu: 0,
    allocatableMilliCpu: node.allocatable.milliCpu,
    allocatableMemoryInMiB: node.allocatable.memoryMiB,
    allocatableGpu: node.allocatable.gpu,
  }
}

/** An item of Get Migration Discovery; the name of the match's field is not published, so it can be chosen. */
export const discoveredView = ({ wire }: World, { node, match, pods }: Discovered, withPods: boolean) => ({
  nodeName: node.name,
  nodePoolName: node.poolName,
  ...(wire.isMatchLeftOut ? {} : { [wire.matchKey]: match }),
  // The count "appears if shouldFetchPods was true". As in a run's pod details, a name stands without its namespace.
  ...(withPods ? { runningPods: pods.length, podDetails: pods.map(({ name }) => ({ podName: name })) } : {}),
})
