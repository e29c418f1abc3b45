import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'
import { allowedSizes, type AllowedSizes } from '../matching/allowed-sizes'
import { isArm } from '../matching/conditions'
import type { NodeMatch } from '../matching/match'
import { zoneKey, zonesOf } from '../matching/own-keys'

type Architecture = 'amd64' | 'arm64'

/** The architecture of a node, or of a filter that has names of its own for each. */
export const architectureOf = (name: string): Architecture => (isArm(name) ? 'arm64' : 'amd64')

/** A place where new nodes can come from: a group or the template, with what was left blank taken from the template. */
export type Landing = {
  /** Null for the template. */
  vngId: string | null
  name: string
  labels: Record<string, string>
  taints: VngSpec['taints']
  /** Zone numbers, `0` for none; null when neither the group nor the template names any. */
  zones: string[] | null
  maxCount: number | null
  /** Some of its nodes can be spot nodes. */
  isSpot: boolean
  os: 'linux' | 'windows' | null
  /** In Kubernetes' words; null where the filters name none. */
  architectures: Architecture[] | null
  /** What is known of the sizes its nodes may have. */
  allowed: AllowedSizes
  /** The version of Kubernetes its nodes are made with; null follows the cluster. */
  kubernetesVersion: string | null
}

const osOf = (name: string | null | undefined): Landing['os'] => {
  const os = name?.toLowerCase() ?? 'linux'
  return os === 'linux' || os === 'windows' ? os : null
}

const filled = <Value extends object>(own: Value, inherited: Value | undefined): Value => (Object.keys(own).length === 0 ? (inherited ?? own) : own)

const landingOf = (spec: VngSpec, template: VngSpec | null, id: string | null, name: string): Landing => {
  const filters = spec.vmSizes?.filters ?? template?.vmSizes?.filters
  return {
    vngId: id,
    name,
    labels: filled(spec.labels, template?.labels),
    taints: filled(spec.taints, template?.taints),
    zones: zonesOf(spec.availabilityZones, template?.availabilityZones),
    maxCount: spec.nodeCountLimits.maxCount ?? template?.nodeCountLimits.maxCount ?? null,
    isSpot: (spec.strategy?.spotPercentage ?? template?.strategy?.spotPercentage ?? 100) > 0,
    os: osOf(spec.nodePoolProperties?.osType ?? template?.nodePoolProperties?.osType),
    architectures: filters?.architectures?.length ? [...new Set(filters.architectures.map(architectureOf))] : null,
    allowed: allowedSizes(filters, spec.vmSizes?.preferredVmSizes ?? template?.vmSizes?.preferredVmSizes ?? []),
    kubernetesVersion: spec.nodePoolProperties?.kubernetesVersion ?? template?.nodePoolProperties?.kubernetesVersion ?? null,
  }
}

/** Every place new nodes can come from, the template last (Spot API, Virtual Node Group: blank fields come from the template). */
export const landingsOf = (vngs: readonly Vng[], template: VngSpec | null): Landing[] => [
  ...vngs.map((vng) => landingOf(vng, template, vng.id, vng.name === '' ? vng.id : vng.name)),
  ...(template === null ? [] : [landingOf(template, null, null, 'Default')]),
]

/** Whether new nodes of a landing can have a volume of these zones attached. Where its zones are not known they may serve any. */
export const servesVolume = ({ zones }: Pick<Landing, 'zones'>, volumeZones: readonly string[]): boolean =>
  zones === null || volumeZones.some((zone) => zones.includes(zoneKey(zone)))

/** Finds where a match leads; null where it leads nowhere or to a place that is not known. */
export const createLandingFinder = (landings: readonly Landing[]): ((match: NodeMatch) => Landing | null) => {
  const byId = new Map(landings.map((landing) => [landing.vngId, landing]))
  return (match) => {
    if (match.kind === 'default') return byId.get(null) ?? null
    return match.kind === 'vng' ? (byId.get(match.vngId) ?? null) : null
  }
}
