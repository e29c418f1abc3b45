import 'server-only'
import type { SavedVng } from '@/lib/contract/vngs'
import { AppError } from '@/lib/errors'
import { mayHaveTakenEffect, SpotError, toAppError } from '@/lib/spot/errors'
import type { NewVngBody } from '@/lib/spot/schemas/vng-body'
import type { Context, Verb } from './context'
import { nameOfVng } from './own-vng'

type Input = { clusterId: string; group: NewVngBody }

const findByName = async ({ spot }: Context, { clusterId, group }: Input): Promise<SavedVng | null> => {
  const { data } = await spot.listVngs(clusterId, { fresh: true })
  const found = data.find(({ name }) => name === group.name)
  return found === undefined ? null : { vngId: found.id, name: found.name }
}

const nameTaken = (name: string) =>
  new AppError('invalid_input', { detail: `A virtual node group named ${name} is already there. Choose another name.`, issues: [{ path: 'name', message: 'A virtual node group of this name is already there.' }] })

const notSure = (error: SpotError) => {
  const known = toAppError(error)
  return new AppError(known.code, {
    detail: 'Spot did not confirm the new group, and its list does not show it. It may still appear: look at the list before you create it again.',
    ...(known.upstreamRequestId === undefined ? {} : { upstreamRequestId: known.upstreamRequestId }),
    cause: error,
  })
}

/**
 * Makes a virtual node group. It is sent once; when the answer is lost, the list is searched for the name, which
 * was free before. Throws `invalid_input` for a name in use, and what the upstream refuses with.
 */
export const createVng: Verb<Input, SavedVng> = async ({ ctx, input }) => {
  if ((await findByName(ctx, input)) !== null) throw nameTaken(input.group.name)
  try {
    const { data } = await ctx.spot.createVng(input.clusterId, input.group)
    return { vngId: data.id, name: nameOfVng(data) }
  } catch (error) {
    if (!(error instanceof SpotError) || !mayHaveTakenEffect(error)) throw error
    const found = await findByName(ctx, input).catch(() => null)
    if (found === null) throw notSure(error)
    return found
  }
}
