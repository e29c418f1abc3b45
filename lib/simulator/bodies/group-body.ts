import { z } from 'zod'
import type { TwinTaint, VngSettings } from '@/lib/twin/types'

const count = (low: number, high: number) => z.number().int('must be a whole number').min(low, `must be at least ${low}`).max(high, `must be at most ${high}`)
const any = Number.MAX_SAFE_INTEGER

const taint = z.object({ key: z.string().min(1), value: z.string().nullish(), effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute', 'PreferNoExecute']) })

const nodePoolProperties = z.looseObject({
  maxPodsPerNode: count(0, 250).nullish(),
  osDiskSizeGB: count(0, 1023).nullish(),
  osDiskType: z.enum(['Managed', 'Ephemeral']).nullish(),
  osType: z.enum(['Linux', 'Windows']).nullish(),
  osSKU: z.enum(['Ubuntu', 'AzureLinux', 'CBLMariner', 'Windows2019', 'Windows2022']).nullish(),
})
const strategy = z.looseObject({
  spotPercentage: count(0, 100).nullish(),
  fallbackToOd: z.boolean().nullish(),
  drainingTimeout: count(300, 3600).nullish(),
  orientation: z.enum(['cost', 'availability']).nullish(),
})
const filters = z.looseObject({ minVCpu: count(2, any).nullish(), maxVCpu: count(2, any).nullish(), minMemoryGiB: z.number().min(4).nullish(), maxMemoryGiB: z.number().min(0).nullish() })

/** Label keys that a group may not carry (Spot API, Create Virtual Node Group). */
export const builtInLabel = /^(kubernetes\.azure\.com\/|kubernetes\.io\/(arch|os|hostname)$|node\.kubernetes\.io\/instance-type$|topology\.kubernetes\.io\/(region|zone)$)/

const labels = z.record(z.string(), z.string()).superRefine((map, context) => {
  for (const key of Object.keys(map)) if (builtInLabel.test(key)) context.addIssue({ code: 'custom', path: [key], message: 'is a built-in label and cannot be set' })
})

/** What a virtual node group and the cluster's template take. A null takes the template's value again. */
export const groupFields = z.strictObject({
  availabilityZones: z.array(z.string()).nullish(),
  nodePoolProperties: nodePoolProperties.nullish(),
  nodeCountLimits: z.object({ minCount: count(0, any).nullish(), maxCount: count(0, any).nullish() }).nullish(),
  strategy: strategy.nullish(),
  autoScale: z.record(z.string(), z.unknown()).nullish(),
  labels: labels.nullish(),
  taints: z.array(taint).nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
  vmSizes: z.looseObject({ preferredVmSizes: z.array(z.string()).nullish(), filters: filters.nullish() }).nullish(),
  scheduling: z.record(z.string(), z.unknown()).nullish(),
  restrictScaleDown: z.boolean().nullish(),
})
export type GroupInput = z.infer<typeof groupFields>

const readTaint = ({ key, value, effect }: z.infer<typeof taint>): TwinTaint => ({ key, value: value ?? '', effect })

/** What the twin acts on; a field that was not given is left out. */
const actedOn = (input: GroupInput, template: VngSettings): Partial<VngSettings> => {
  const properties = input.nodePoolProperties ?? {}
  const limits = input.nodeCountLimits ?? {}
  const spot = input.strategy ?? {}
  const wanted: { [Key in keyof VngSettings]?: VngSettings[Key] | null | undefined } = {
    availabilityZones: input.availabilityZones,
    labels: input.labels,
    taints: input.taints?.map(readTaint) ?? input.taints as null | undefined,
    vmSizes: input.vmSizes?.preferredVmSizes,
    osType: properties.osType,
    maxPodsPerNode: properties.maxPodsPerNode,
    minCount: limits.minCount,
    maxCount: limits.maxCount,
    spotPercentage: spot.spotPercentage,
    fallbackToOd: spot.fallbackToOd,
    drainingTimeoutSeconds: spot.drainingTimeout,
  }
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([key, value]) => [key, value ?? template[key as keyof VngSettings]]))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is only kept and given back: objects are merged field by field, a null takes out what was there. */
const keptAside = (input: GroupInput, before: Record<string, unknown>): Record<string, unknown> => {
  const { nodePoolProperties, strategy: given, autoScale, tags, vmSizes, scheduling, restrictScaleDown } = input
  const kept = { ...before }
  for (const [key, value] of Object.entries({ nodePoolProperties, strategy: given, autoScale, tags, vmSizes, scheduling, restrictScaleDown })) {
    if (value === undefined) continue
    if (value === null) delete kept[key]
    else kept[key] = isRecord(value) && isRecord(kept[key]) && key !== 'tags' ? { ...kept[key], ...value } : value
  }
  return kept
}

/** The settings that a body asks for, over those of before. */
export const settingsFrom = (input: GroupInput, template: VngSettings, before: Record<string, unknown> = {}): Partial<VngSettings> => ({
  ...actedOn(input, template),
  extra: keptAside(input, before),
})
