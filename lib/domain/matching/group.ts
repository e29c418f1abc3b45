import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'
import { zonesOf } from './own-keys'
import { isHard, taintText, type Taint } from './taints'

type SizeFilters = NonNullable<NonNullable<VngSpec['vmSizes']>['filters']>

/** A group as nodes meet it, or the cluster's template: what was left blank is taken from the template. */
export type MatchGroup = {
  /** Null for the template, which is called `Default`. */
  vngId: string | null
  name: string
  labels: Readonly<Record<string, string>>
  taints: readonly Taint[]
  /** In one spelling, sorted; equal for equal sets of taints. */
  taintsKey: string
  /** Zone numbers, `0` for none; null where neither the group nor the template names any. */
  zones: readonly string[] | null
  os: 'linux' | 'windows' | null
  /** As text; null follows the control plane (Spot API, Create Virtual Node Group, `kubernetesVersion`). */
  kubernetesVersion: string | null
  maxCount: number | null
  spotPercentage: number
  filters: SizeFilters | null
  /** In lower case; empty where none is preferred. */
  preferredVmSizes: readonly string[]
}

/** Create Virtual Node Group and Spot's Terraform provider name these where nothing is given. */
const defaults = { spotPercentage: 100, os: 'linux' }

const own = <Value extends object>(value: Value, inherited: Value | undefined): Value => (Object.keys(value).length === 0 ? (inherited ?? value) : value)

const osOf = (name: string): MatchGroup['os'] => {
  const os = name.toLowerCase()
  return os === 'linux' || os === 'windows' ? os : null
}

export const taintsKeyOf = (taints: readonly Taint[]): string => [...new Set(taints.map(taintText))].sort().join('\n')

const groupOf = (spec: VngSpec, template: VngSpec | null, vngId: string | null, name: string): MatchGroup => {
  const taints = own(spec.taints, template?.taints)
  const pools = { ...template?.nodePoolProperties, ...withoutNulls(spec.nodePoolProperties) }
  const sizes = { own: spec.vmSizes, inherited: template?.vmSizes }
  return {
    vngId,
    name,
    labels: own(spec.labels, template?.labels),
    taints,
    taintsKey: taintsKeyOf(taints),
    zones: zonesOf(spec.availabilityZones, template?.availabilityZones),
    os: osOf(pools.osType ?? defaults.os),
    kubernetesVersion: pools.kubernetesVersion ?? null,
    maxCount: spec.nodeCountLimits.maxCount ?? template?.nodeCountLimits.maxCount ?? null,
    spotPercentage: spec.strategy?.spotPercentage ?? template?.strategy?.spotPercentage ?? defaults.spotPercentage,
    filters: sizes.own?.filters ?? sizes.inherited?.filters ?? null,
    preferredVmSizes: (sizes.own?.preferredVmSizes ?? sizes.inherited?.preferredVmSizes ?? []).map((size) => size.toLowerCase()),
  }
}

const withoutNulls = <Value extends object>(value: Value | null): Partial<Value> =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== null)) as Partial<Value>

/** The groups in list order, without the template; each with what it inherits (Ocean AKS, Virtual node groups). */
export const groupsOf = (vngs: readonly Vng[], template: VngSpec | null): MatchGroup[] =>
  vngs.map((vng) => groupOf(vng, template, vng.id, vng.name === '' ? vng.id : vng.name))

/** The template as a group of its own: what `Default` lands on. */
export const templateGroup = (template: VngSpec): MatchGroup => groupOf(template, null, null, 'Default')

/** What makes `Default` unsafe: labels that pods may avoid are listed with hard taints that pods may not tolerate. */
export const templateBurden = ({ labels, taints }: MatchGroup): { labels: Readonly<Record<string, string>>; taints: readonly Taint[]; hasHardTaint: boolean } | null =>
  Object.keys(labels).length === 0 && taints.length === 0 ? null : { labels, taints, hasHardTaint: taints.some(isHard) }
