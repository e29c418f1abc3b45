import { osOf } from '@/lib/twin/groups'
import type { TwinNode } from '@/lib/twin/types'
import { vmSizeOf } from '@/lib/twin/vm-sizes'
import type { Tracked } from '../ledger/book'
import { metadataOf, uidOf } from '../meta'
import { quantities } from '../quantities'
import { ageColumn, nameColumn, shown, wide, type Resource } from '../resource'
import { trackedKind } from '../tracked'
import type { View } from '../view'

const noSchedule = (key: string) => ({ key, effect: 'NoSchedule' })

/** The node's own taints, and those that Kubernetes itself sets on a cordoned node and on one that is not ready. */
const taintsOf = ({ taints, isCordoned, isReady }: TwinNode) => [
  ...taints.map(({ key, value, effect }) => ({ key, ...(value === '' ? {} : { value }), effect })),
  ...(isCordoned ? [noSchedule('node.kubernetes.io/unschedulable')] : []),
  ...(isReady ? [] : [noSchedule('node.kubernetes.io/not-ready')]),
]

const condition = (type: string, isTrue: boolean, reason: string, message: string, at: string) => ({
  type,
  status: isTrue ? 'True' : 'False',
  lastHeartbeatTime: at,
  lastTransitionTime: at,
  reason,
  message,
})

const conditionsOf = ({ stamp }: View, { value, readyMs }: Tracked<TwinNode>) => {
  const [born, turned] = [stamp(value.createdAtMs), stamp(readyMs)]
  return [
    condition('MemoryPressure', false, 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available', born),
    condition('DiskPressure', false, 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure', born),
    condition('PIDPressure', false, 'KubeletHasSufficientPID', 'kubelet has sufficient PID available', born),
    value.isReady
      ? condition('Ready', true, 'KubeletReady', 'kubelet is posting ready status', turned)
      : condition('Ready', false, 'KubeletNotReady', 'container runtime network not ready', turned),
  ]
}

const diskOf = { 'ephemeral-storage': '128Gi' }

const amountsOf = ({ vmSize, allocatable, maxPods }: TwinNode) => {
  const size = vmSizeOf(vmSize)
  const whole = size === undefined ? allocatable : { milliCpu: size.vCpu * 1000, memoryMiB: size.memoryGiB * 1024, gpu: size.gpu }
  const pods = String(maxPods)
  return { capacity: { ...quantities(whole), ...diskOf, pods }, allocatable: { ...quantities(allocatable), ...diskOf, pods } }
}

/** A machine of a scale set is named by its number in base 36. */
const providerIdOf = ({ cluster }: View['state'], { name }: TwinNode): string => {
  const set = name.slice(0, -6)
  const group = `mc_${cluster.resourceGroup}_${cluster.name}_${cluster.region}`.toLowerCase()
  return `azure:///subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${set}/virtualMachines/${Number.parseInt(name.slice(-6), 36)}`
}

const infoOf = ({ clusterId, state }: View, node: TwinNode) => ({
  machineID: uidOf(clusterId, node.name, 'machine').replaceAll('-', ''),
  systemUUID: uidOf(clusterId, node.name, 'system'),
  bootID: uidOf(clusterId, node.name, 'boot'),
  ...(osOf(node) === 'windows' ? { kernelVersion: '10.0.20348.4171', osImage: 'Windows Server 2022 Datacenter' } : { kernelVersion: '5.15.0-1092-azure', osImage: 'Ubuntu 22.04.5 LTS' }),
  containerRuntimeVersion: 'containerd://1.7.28-1',
  kubeletVersion: `v${state.cluster.kubernetesVersion}`,
  kubeProxyVersion: `v${state.cluster.kubernetesVersion}`,
  operatingSystem: osOf(node),
  architecture: 'amd64',
})

const nodeObject = (view: View, tracked: Tracked<TwinNode>) => {
  const { value: node, version } = tracked
  const taints = taintsOf(node)
  return {
    metadata: { ...metadataOf(view, { kind: 'Node', name: node.name, version, createdMs: node.createdAtMs, birth: String(node.createdAtMs) }), labels: node.labels },
    spec: {
      providerID: providerIdOf(view.state, node),
      ...(taints.length === 0 ? {} : { taints }),
      ...(node.isCordoned ? { unschedulable: true } : {}),
    },
    status: {
      ...amountsOf(node),
      conditions: conditionsOf(view, tracked),
      addresses: [
        { type: 'InternalIP', address: node.ipAddress },
        { type: 'Hostname', address: node.name },
      ],
      nodeInfo: infoOf(view, node),
    },
  }
}
type NodeObject = ReturnType<typeof nodeObject>

const isReady = ({ status }: NodeObject) => status.conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True')
const statusText = (node: NodeObject) => `${isReady(node) ? 'Ready' : 'NotReady'}${node.spec.unschedulable ? ',SchedulingDisabled' : ''}`

export const nodes: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'nodes',
  singular: 'node',
  kind: 'Node',
  shortNames: ['no'],
  isNamespaced: false,
  fieldNames: ['spec.unschedulable'],
  columns: [
    nameColumn,
    shown<NodeObject>('Status', statusText),
    shown('Roles', () => '<none>'),
    ageColumn,
    shown<NodeObject>('Version', ({ status }) => status.nodeInfo.kubeletVersion),
    wide<NodeObject>('Internal-IP', ({ status }) => status.addresses[0]?.address ?? '<none>'),
    wide('External-IP', () => '<none>'),
    wide<NodeObject>('OS-Image', ({ status }) => status.nodeInfo.osImage),
    wide<NodeObject>('Kernel-Version', ({ status }) => status.nodeInfo.kernelVersion),
    wide<NodeObject>('Container-Runtime', ({ status }) => status.nodeInfo.containerRuntimeVersion),
  ],
  ...trackedKind<TwinNode>({
    bookOf: ({ ledger }) => ledger.nodes,
    namespaceOf: () => '',
    labelsOf: (_view, { labels }) => labels,
    fieldsOf: ({ isCordoned }) => ({ 'spec.unschedulable': String(isCordoned) }),
    objectOf: nodeObject,
  }),
}
