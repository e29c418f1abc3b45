import { z } from 'zod'
import { formatCount } from '@/lib/format/numbers'
import type { KubeAutoscaler, KubePart } from '../kube-facts'

/** A pool that a cluster autoscaler scales; limits that its status does not tell are null. */
export const scaledPool = z.object({ poolName: z.string(), minCount: z.number().nullable(), maxCount: z.number().nullable() })
export type ScaledPool = z.infer<typeof scaledPool>

/**
 * What the status of the cluster autoscaler tells. AKS runs its own outside the cluster, so this is all that
 * can be seen of it. `absent`: nobody has written one. `stale`: whoever wrote it has fallen silent.
 */
export const poolScaling = z.discriminatedUnion('state', [
  z.object({ state: z.literal('active'), pools: z.array(scaledPool) }),
  z.object({ state: z.literal('stale'), writtenAtMs: z.number().nullable() }),
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('not-read'), why: z.string().nullable() }),
])
export type PoolScaling = z.infer<typeof poolScaling>

/** An autoscaler that does nothing for so long is restarted by its own health check (`--max-inactivity`). */
const silentMs = 10 * 60_000

/** The pool behind a scale set: `aks-npweb-25398592-vmss`, of Windows `aksnpwin`. Another name is kept. */
const poolNameOf = (name: string): string => (/^aks-(.+)-\d+-vmss$/.exec(name) ?? /^aks([a-z0-9]{1,6})$/.exec(name))?.[1] ?? name

const byName = (a: ScaledPool, b: ScaledPool) => (a.poolName < b.poolName ? -1 : 1)

/** What was read, as a plan uses it. Null: Kubernetes is not connected. */
export const poolScalingOf = (part: KubePart<KubeAutoscaler> | null): PoolScaling => {
  if (part === null || part.state === 'not-read') return { state: 'not-read', why: null }
  if (part.state === 'failed') return { state: 'not-read', why: `${part.sentence} ${part.remedy}` }
  const [status] = part.items
  if (status === undefined) return { state: 'absent' }
  const { writtenAtMs, groups } = status
  if (writtenAtMs === null || part.readAtMs - writtenAtMs > silentMs) return { state: 'stale', writtenAtMs }
  return { state: 'active', pools: groups.map(({ name, minSize, maxSize }) => ({ poolName: poolNameOf(name), minCount: minSize, maxCount: maxSize })).sort(byName) }
}

/** A pool with its limits in words: `npweb (1 to 10 nodes)`. */
export const scaledPoolText = ({ poolName, minCount, maxCount }: ScaledPool): string => (minCount === null || maxCount === null ? poolName : `${poolName} (${formatCount(minCount)} to ${formatCount(maxCount)} nodes)`)
