import { z } from 'zod'
import { preferencesForm, validPreferences, type PreferencesForm } from './draft'

const longestName = 60

/** How a preset is called: one line, since it stands in lists and sentences. */
export const presetName = z
  .string()
  .trim()
  .min(1, 'Give the preset a name.')
  .max(longestName, `A name is at most ${longestName} characters long.`)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'A name is one line of text.')

/** What a preset keeps: every option but the comment, which is about one run. */
const presetOptions = preferencesForm.omit({ comment: true })
export type PresetOptions = z.infer<typeof presetOptions>

/** A preset as it is saved: only values that could be launched. */
export const presetRequest = z.object({ name: presetName, options: validPreferences.omit({ comment: true }) })
export type PresetRequest = z.infer<typeof presetRequest>

/** Which preset new plans of a cluster start from; null for the defaults that the API documents. */
export const presetDefaultRequest = z.object({ presetId: z.uuid('There is no such preset.').nullable() })

const preset = z.object({ presetId: z.string(), name: z.string(), options: presetOptions, savedBy: z.string(), savedAtMs: z.number() })
export type Preset = z.infer<typeof preset>

/** The presets of the account by name, and the one that new plans of this cluster start from. */
export const presetsAnswer = z.object({ presets: z.array(preset), defaultPresetId: z.string().nullable() })
export type PresetsAnswer = z.infer<typeof presetsAnswer>

/** The options of a form, without what a preset does not keep. */
export const presetOptionsOf = ({ comment: _, ...options }: PreferencesForm): PresetOptions => options

/** True when a form stands exactly as the preset has it. */
export const isPresetOf = ({ options }: Pick<Preset, 'options'>, form: PreferencesForm): boolean =>
  Object.entries(options).every(([name, value]) => {
    const own = form[name as keyof PresetOptions]
    return typeof own === 'string' ? own.trim() === String(value).trim() : own === value
  })
