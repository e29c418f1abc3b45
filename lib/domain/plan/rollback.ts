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

const pastedPool = poolLimits.extend({ pastedBy: z.string().optional(), pastedAtMs: z.number().optional() })
export type PastedPool = z.infer<typeof pastedPool>

/** What people pasted, as far as it was understood: by one person at one moment, except for pools that say otherwise. */
const pastedLimits = z.object({ pools: z.array(pastedPool), pastedBy: z.string(), pastedAtMs: z.number() })

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
  /** The pools that the run takes nodes from. Left out of kits that were kept before it was written down. */
  poolNames: z.array(z.string()).optional(),
  options: migrationOptions,
  comment: z.string(),
})
export type RollbackKit = z.infer<typeof rollbackKit>

/** The pools that the run of a kit takes nodes from; undefined where a kit from before does not say. */
export const poolsOfRun = ({ poolNames, selection }: RollbackKit): string[] | undefined => poolNames ?? (selection.kind === 'pools' ? selection.names : undefined)

/** The facts of these pools: a way back leaves all others as they are by then. */
export const factsOfPools = (facts: RollbackFacts, poolNames: readonly string[]): RollbackFacts => {
  const names = new Set(poolNames)
  const pasted = facts.limits?.pools.filter(({ name }) => names.has(name)) ?? []
  return {
    ...facts,
    pools: facts.pools?.filter(({ poolName }) => names.has(poolName)) ?? null,
    scaled: facts.scaled?.filter(({ poolName }) => names.has(poolName)),
    limits: facts.limits === null || pasted.length === 0 ? null : { ...facts.limits, pools: pasted },
  }
}

/** Who pasted which pools, and when; the newest last. */
export const pastesOf = ({ pools, ...last }: NonNullable<RollbackFacts['limits']>): { names: string[]; pastedBy: string; pastedAtMs: number }[] => {
  const pastes = new Map<string, { names: string[]; pastedBy: string; pastedAtMs: number }>()
  for (const { name, pastedBy = last.pastedBy, pastedAtMs = last.pastedAtMs } of pools) {
    const key = JSON.stringify([pastedAtMs, pastedBy])
    const paste = pastes.get(key) ?? { names: [], pastedBy, pastedAtMs }
    paste.names.push(name)
    pastes.set(key, paste)
  }
  return [...pastes.values()].sort((a, b) => a.pastedAtMs - b.pastedAtMs)
}

/**
 * The limits of each pool that are known: what the autoscaler itself wrote is newer than what a person pasted, and
 * the number of nodes that was read is newer than a pasted one.
 */
export const knownLimits = ({ limits, scaled, pools }: Pick<RollbackFacts, 'limits' | 'scaled' | 'pools'>): PoolLimits[] => {
  const written = (scaled ?? []).flatMap(({ poolName, minCount, maxCount }) => (minCount === null || maxCount === null ? [] : [{ name: poolName, enableAutoScaling: true, minCount, maxCount }]))
  const names = new Set(written.map(({ name }) => name))
  const counts = new Map(pools?.map(({ poolName, nodes }) => [poolName, nodes]))
  const others = (limits?.pools ?? []).flatMap((pool) => (names.has(pool.name) ? [] : [{ ...pool, count: counts.get(pool.name) ?? pool.count }]))
  return [...written, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
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
