import { z } from 'zod'
import { migrationOptions } from '@/lib/spot/schemas/migration'
import { scaledPool } from './pool-scaling'

/** Autoscaler limits of a pool as `az aks nodepool show` gives them. */
const poolLimits = z.object({
  name: z.string().min(1).max(63),
  count: z.int().min(0).nullish(),
  enableAutoScaling: z.boolean().nullish(),
  minCount: z.int().min(0).nullish(),
  maxCount: z.int().min(0).nullish(),
})
export type PoolLimits = z.infer<typeof poolLimits>

/** What a person pasted, as far as it was understood. */
const pastedLimits = z.object({ pools: z.array(poolLimits), pastedBy: z.string(), pastedAtMs: z.number() })

/** What a cluster looks like before a launch, as far as going back needs it. */
export const rollbackFacts = z.object({
  resourceGroup: z.string().nullable(),
  aksName: z.string().nullable(),
  /** Nodes per Azure pool, those of Ocean apart. Null where Get Cluster Nodes was not read. */
  pools: z.array(z.object({ poolName: z.string(), nodes: z.number() })).nullable(),
  /** Nodes that take no new pods. Null where Kubernetes was not read. */
  cordoned: z.array(z.string()).nullable(),
  /** The groups as Spot gave them, every field. Null where they were not read. */
  vngs: z.array(z.record(z.string(), z.unknown())).nullable(),
  /** What a group takes where it sets nothing itself, as Spot gave it. Left out of kits that were kept before it was read. */
  template: z.record(z.string(), z.unknown()).nullish(),
  /** The API does not say the pools' limits; a person may have pasted them. */
  limits: pastedLimits.nullable(),
  /** Pools that the cluster autoscaler scales, by its status in Kubernetes. Null where that was not read or is out of date; left out of kits that were kept before it was read. */
  scaled: z.array(scaledPool).nullish(),
  readAtMs: z.number(),
})
export type RollbackFacts = z.infer<typeof rollbackFacts>

/** The facts with the launch they belong to. */
export const rollbackKit = z.object({
  facts: rollbackFacts,
  clusterId: z.string(),
  startedBy: z.string(),
  selection: z.object({ kind: z.enum(['nodes', 'pools']), names: z.array(z.string()) }),
  /** The nodes that were in the selected pools at the review; left out where nodes were selected. */
  nodeNames: z.array(z.string()).optional(),
  options: migrationOptions,
  comment: z.string(),
})
export type RollbackKit = z.infer<typeof rollbackKit>

/** The limits of each pool that are known: what the autoscaler itself wrote is newer than what a person pasted. */
export const knownLimits = ({ limits, scaled }: Pick<RollbackFacts, 'limits' | 'scaled'>): PoolLimits[] => {
  const written = (scaled ?? []).flatMap(({ poolName, minCount, maxCount }) => (minCount === null || maxCount === null ? [] : [{ name: poolName, enableAutoScaling: true, minCount, maxCount }]))
  const names = new Set(written.map(({ name }) => name))
  return [...written, ...(limits?.pools ?? []).filter(({ name }) => !names.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const pasted = z.union([z.array(poolLimits), poolLimits.transform((pool) => [pool])])

/** One JSON value, or the outputs of several commands one after another. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return JSON.parse(`[${text.trim().replace(/([}\]])\s*(?=[{[])/g, '$1,')}]`) as unknown
  }
}

const flat = (value: unknown): unknown => (Array.isArray(value) ? value.flat() : value)

/**
 * The limits in what a person pasted: the output of `az aks nodepool show` (one or several) or `list`, as JSON. The last
 * one of a pool counts. Null when it is not that.
 */
export const parsePoolLimits = (text: string): PoolLimits[] | null => {
  try {
    const parsed = pasted.safeParse(flat(readJson(text)))
    if (!parsed.success || parsed.data.length === 0) return null
    return [...new Map(parsed.data.map((pool) => [pool.name, pool])).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return null
  }
}
