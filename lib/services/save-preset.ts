import 'server-only'
import { randomUUID } from 'node:crypto'
import type { PresetRequest, PresetsAnswer } from '@/lib/contract/presets'
import { insertPreset, listPresets, replacePreset } from '@/lib/db/queries/presets'
import { AppError } from '@/lib/errors'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'
import { nameKeyOf, nameTaken, readPresets, unknownPreset } from './read-presets'

const mostPresets = 100

const refuseTooMany = () => new AppError('invalid_input', { detail: `An account keeps at most ${mostPresets} presets. Delete one that is no longer used.` })

const rowOf = ({ session, now }: Context, id: string, { name, options }: PresetRequest) => ({
  id,
  accountId: session.accountId,
  name,
  nameKey: nameKeyOf(name),
  options,
  savedBy: session.displayName,
  savedAt: new Date(now()),
})

/** Keeps options under a new name, for everybody of the account. Throws `invalid_input` for a name that is taken. */
export const createPreset: Verb<{ clusterId: string; request: PresetRequest }, PresetsAnswer> = async ({ ctx, input: { clusterId, request } }) => {
  await requireCluster(ctx, clusterId)
  if ((await listPresets(ctx.db, ctx.session.accountId)).length >= mostPresets) throw refuseTooMany()
  if (!(await insertPreset(ctx.db, rowOf(ctx, randomUUID(), request)))) throw nameTaken(request.name)
  return readPresets(ctx, clusterId)
}

/** Gives a preset other options or another name, whoever saved it. Throws `not_found`, or `invalid_input` for a name that is taken. */
export const updatePreset: Verb<{ clusterId: string; presetId: string; request: PresetRequest }, PresetsAnswer> = async ({ ctx, input: { clusterId, presetId, request } }) => {
  await requireCluster(ctx, clusterId)
  const result = await replacePreset(ctx.db, rowOf(ctx, presetId, request))
  if (result === 'unknown') throw unknownPreset()
  if (result === 'name-taken') throw nameTaken(request.name)
  return readPresets(ctx, clusterId)
}
