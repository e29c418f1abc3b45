import 'server-only'
import type { Preset, PresetsAnswer } from '@/lib/contract/presets'
import { findDefaultPreset, listPresets, type PresetRow } from '@/lib/db/queries/presets'
import { AppError } from '@/lib/errors'
import type { Context } from './context'

const presetOf = ({ id, name, options, savedBy, savedAt }: PresetRow): Preset => ({ presetId: id, name, options, savedBy, savedAtMs: savedAt.getTime() })

/** The presets of the account and the cluster's default. For callers that have seen that the session's token can read the cluster. */
export const readPresets = async ({ db, session: { accountId } }: Context, clusterId: string): Promise<PresetsAnswer> => {
  const [rows, chosen] = await Promise.all([listPresets(db, accountId), findDefaultPreset(db, { accountId, clusterId })])
  return { presets: rows.map(presetOf), defaultPresetId: chosen?.id ?? null }
}

/** Names are compared without case and outer space, so that two presets never look alike in a list. */
export const nameKeyOf = (name: string): string => name.trim().normalize('NFKC').toLowerCase()

export const nameTaken = (name: string): AppError => {
  const message = `There is a preset named ${name} already. Replace that one, or choose another name.`
  return new AppError('invalid_input', { detail: message, issues: [{ path: 'name', message }] })
}

export const unknownPreset = () => new AppError('not_found', { detail: 'This preset is no longer there: somebody deleted it, or it belongs to another account.' })
