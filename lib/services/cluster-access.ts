import 'server-only'
import { AppError } from '@/lib/errors'
import { SpotError, type SpotErrorKind } from '@/lib/spot/errors'
import type { Context } from './context'

/** How old the proof may be that a token can read a cluster. */
const proofMaxAgeMs = 60_000
/** While Spot cannot be asked, a session goes on seeing the records it could see within this time. */
const trustMs = 60 * 60_000
const mostKept = 5_000

const refusals: ReadonlySet<SpotErrorKind> = new Set(['unauthorized', 'forbidden', 'not-found', 'invalid'])
const allowedAtMs = new Map<string, number>()

const remember = (key: string, nowMs: number) => {
  allowedAtMs.delete(key)
  allowedAtMs.set(key, nowMs)
  if (allowedAtMs.size > mostKept) allowedAtMs.delete(allowedAtMs.keys().next().value ?? '')
}

/**
 * Lets through only a session whose token can read the cluster: what is recorded here is shown to nobody
 * else. Throws like the upstream's Get Cluster.
 */
export const requireCluster = async ({ session, spot, now }: Context, clusterId: string): Promise<void> => {
  const key = `${session.sessionId} ${clusterId}`
  try {
    await spot.getCluster(clusterId, { maxAgeMs: proofMaxAgeMs })
    remember(key, now())
  } catch (error) {
    if (error instanceof SpotError && !refusals.has(error.kind) && now() - (allowedAtMs.get(key) ?? -Infinity) < trustMs) return
    allowedAtMs.delete(key)
    throw error
  }
}

/** Whether the token is known to read the cluster: false as well where Spot does not say. */
export const mayRead = async (ctx: Context, clusterId: string): Promise<boolean> => {
  try {
    await requireCluster(ctx, clusterId)
    return true
  } catch (error) {
    if (error instanceof SpotError) return false
    throw error
  }
}

/** False once the token is refused what it could read before. */
export const mayStillRead = async (ctx: Context, clusterId: string): Promise<boolean> => {
  try {
    await requireCluster(ctx, clusterId)
    return true
  } catch (error) {
    return !(error instanceof SpotError && refusals.has(error.kind))
  }
}

export const unknownRun = () => new AppError('not_found', { detail: 'There is no such migration in this cluster, or it belongs to another account.' })
