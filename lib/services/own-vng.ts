import 'server-only'
import { AppError } from '@/lib/errors'
import type { VngDocument } from '@/lib/spot/schemas/vng-body'
import type { Context } from './context'

/**
 * The group, read anew, if it belongs to the cluster: its own address does not name one. Throws `not_found`
 * where it belongs to another, and what the upstream's Get Virtual Node Group throws.
 */
export const readOwnVng = async ({ spot, signal }: Context, { clusterId, vngId }: { clusterId: string; vngId: string }): Promise<{ group: VngDocument; fetchedAtMs: number }> => {
  const { data, fetchedAtMs } = await spot.getVng(vngId, { fresh: true, signal })
  if (data.oceanId !== clusterId) throw new AppError('not_found', { detail: 'There is no such virtual node group in this cluster.' })
  return { group: data, fetchedAtMs }
}

export const nameOfVng = ({ id, name }: VngDocument): string => (typeof name === 'string' && name !== '' ? name : id)
