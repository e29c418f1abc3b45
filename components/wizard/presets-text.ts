import type { PreferencesForm } from '@/lib/contract/draft'
import { isPresetOf, type PresetOptions, type PresetsAnswer } from '@/lib/contract/presets'

/** Which preset the form stands as, in words. */
export const presetSentence = ({ presets, defaultPresetId }: PresetsAnswer, form: PreferencesForm): string => {
  const current = presets.filter((preset) => isPresetOf(preset, form))
  const chosen = current.find(({ presetId }) => presetId === defaultPresetId) ?? current[0]
  if (chosen === undefined) return presets.length === 0 ? 'No preset is saved in this account yet.' : 'These options are in no preset.'
  return `As in the preset ${chosen.name}${chosen.presetId === defaultPresetId ? ', which new plans of this cluster start from' : ''}.`
}

/** A preset's options in one line. */
export const optionsLine = (options: PresetOptions): string =>
  [
    `batches of ${options.batchSizePercentage} %`,
    `${options.batchMinHealthyPercentage} % healthy`,
    options.respectPdb ? 'PDBs respected' : 'PDBs ignored',
    options.respectRestrictScaleDown ? 'restrict scale down respected' : 'restrict scale down ignored',
    options.shouldTerminateNodes ? 'old nodes terminated' : 'old nodes kept',
    options.shouldEvictStandalonePods ? 'stand-alone pods evicted' : 'stand-alone pods left',
  ].join(', ')
