import type { SpotNode } from '@/lib/spot/schemas/node'
import { isSystemKey, isOfSystemPool, isSystemTaint, zoneNumber } from './own-keys'
import { taintsKeyOf } from './group'
import { parseTaint, type Taint } from './taints'

/** The fields of Get Cluster Nodes that matching looks at. */
export type NodeToMatch = Pick<
  SpotNode,
  'nodeName' | 'labels' | 'taints' | 'virtualNodeGroupId' | 'vmSize' | 'availabilityZone' | 'operatingSystem' | 'architecture' | 'allocatableGpu'
>

/** What labels and taints of a node come to once those of the system are left aside. It decides the match. */
export type Shape = {
  labels: Readonly<Record<string, string>>
  taints: readonly Taint[]
  taintsKey: string
  isOfSystemPool: boolean
}

/** Everything by which matching can tell nodes apart. Null where the API did not say. */
export type Signature = {
  shape: Shape
  /** The zone's number; null where Azure has none or it was not said. */
  zone: string | null
  os: string | null
  architecture: string | null
  vmSize: string | null
  gpu: number | null
  kubernetesVersion: string | null
  /** Names of the nodes that look like this. */
  nodeNames: string[]
}

type Keyed = { shape: Shape; id: number }

const shapeOf = (node: NodeToMatch, own: readonly string[]): Shape => {
  const taints = node.taints.map(parseTaint).filter(({ key }) => !isSystemTaint(key))
  return {
    labels: Object.fromEntries(own.map((key) => [key, node.labels[key] as string])),
    taints,
    taintsKey: taintsKeyOf(taints),
    isOfSystemPool: isOfSystemPool(node),
  }
}

/** Reads each distinct set of labels and taints once. Labels repeat from node to node, so what is asked of a key is kept. */
const createShapes = () => {
  const shapes = new Map<string, Keyed>()
  const isSystem = new Map<string, boolean>()
  const isOwn = (key: string): boolean => {
    let answer = isSystem.get(key)
    if (answer === undefined) {
      answer = isSystemKey(key)
      isSystem.set(key, answer)
    }
    return !answer
  }
  return (node: NodeToMatch): Keyed => {
    const own: string[] = []
    for (const key in node.labels) if (isOwn(key)) own.push(key)
    own.sort()
    let key = isOfSystemPool(node) ? 'system' : ''
    for (const name of own) key += `\n${name}\t${node.labels[name]}`
    for (const taint of node.taints.length > 1 ? [...node.taints].sort() : node.taints) key += `\r${taint}`
    const known = shapes.get(key)
    if (known !== undefined) return known
    const fresh = { shape: shapeOf(node, own), id: shapes.size }
    shapes.set(key, fresh)
    return fresh
  }
}

const text = (value: string | null): string | null => (value === null || value === '' ? null : value.toLowerCase())

/**
 * Gathers nodes into signatures, in the order in which they first appear. `versions` are the Kubernetes
 * versions by node name, which the Spot API does not give. Linear in nodes and their labels; nothing that
 * comes after it looks at single nodes.
 */
export const signaturesOf = (nodes: readonly NodeToMatch[], versions: ReadonlyMap<string, string> = new Map()): Signature[] => {
  const shapeFor = createShapes()
  const signatures = new Map<string, Signature>()
  for (const node of nodes) {
    const { shape, id } = shapeFor(node)
    const version = versions.get(node.nodeName) ?? null
    const key = `${id}\n${node.availabilityZone}\n${node.operatingSystem}\n${node.architecture}\n${node.vmSize}\n${node.allocatableGpu}\n${version}`
    const known = signatures.get(key)
    if (known !== undefined) {
      known.nodeNames.push(node.nodeName)
      continue
    }
    signatures.set(key, {
      shape,
      zone: node.availabilityZone === null ? null : zoneNumber(node.availabilityZone),
      os: text(node.operatingSystem),
      architecture: text(node.architecture),
      vmSize: node.vmSize,
      gpu: node.allocatableGpu,
      kubernetesVersion: version,
      nodeNames: [node.nodeName],
    })
  }
  return [...signatures.values()]
}
