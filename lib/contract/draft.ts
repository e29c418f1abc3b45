import { z } from 'zod'
import { commentBudget } from '@/lib/domain/launch-mark'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { launchAnswer } from './launch-answer'

const maxNodes = 20_000

/** A plan that nobody has changed for so long is forgotten: its nodes have changed too much. */
export const draftKeptDays = 30

/** The form as it stands on screen: numbers are kept as typed, so that a faulty entry survives a reload. */
export const preferencesForm = z.object({
  batchSizePercentage: z.string().max(20),
  batchMinHealthyPercentage: z.string().max(20),
  respectPdb: z.boolean(),
  respectRestrictScaleDown: z.boolean(),
  shouldTerminateNodes: z.boolean(),
  shouldEvictStandalonePods: z.boolean(),
  comment: z.string().max(2000),
})
export type PreferencesForm = z.infer<typeof preferencesForm>

/** The form of a new plan: every option at the default that the API documents. */
export const newDraftPreferences: PreferencesForm = {
  ...defaultMigrationOptions,
  batchSizePercentage: String(defaultMigrationOptions.batchSizePercentage),
  batchMinHealthyPercentage: String(defaultMigrationOptions.batchMinHealthyPercentage),
  comment: '',
}

export const draftBody = z.object({
  nodeNames: z.array(z.string().min(1).max(253)).max(maxNodes),
  preferences: preferencesForm,
  /** As node pools by name instead of nodes. It counts only while the selection is made of whole pools. */
  sendAs: z.enum(['nodes', 'pools']).optional(),
})
export type DraftBody = z.infer<typeof draftBody>

/** A draft as a page replaces it. `knownAtMs`: the change that the page has seen last. `pageId`: its own changes it has seen, though the answer was lost. */
export const draftChange = draftBody.extend({ knownAtMs: z.number(), pageId: z.uuid('The page is not valid. Reload it.') })
export type DraftChange = z.infer<typeof draftChange>

/** A new plan. Without preferences it starts from the cluster's default preset, or from the API's defaults. */
export const newDraftBody = draftBody.partial({ preferences: true })
export type NewDraftBody = z.infer<typeof newDraftBody>

export const draftAnswer = draftBody.extend({
  draftId: z.string(),
  clusterId: z.string(),
  createdBy: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  /** What became of its launch; null while nobody has launched it. A plan becomes one migration. */
  launch: launchAnswer.nullable(),
})
export type DraftAnswer = z.infer<typeof draftAnswer>

/** Unfinished plans of a cluster, newest first. */
export const draftsAnswer = z.object({
  drafts: z.array(draftAnswer.pick({ draftId: true, createdBy: true, createdAtMs: true, updatedAtMs: true }).extend({ nodes: z.number(), comment: z.string() })),
  /** After so many days without a change a plan is deleted. */
  keptDays: z.number(),
})
export type DraftsAnswer = z.infer<typeof draftsAnswer>

const percentageText = (name: string) =>
  z
    .string()
    .trim()
    .min(1, `Enter a ${name} from 1 to 100.`)
    .regex(/^\d+$/, `The ${name} is a whole number from 1 to 100.`)
    .refine((text) => Number(text) >= 1 && Number(text) <= 100, `The ${name} is from 1 to 100.`)

/** The form with every value inside the vendor's ranges (Spot API, Create Migration); still as typed. */
export const validPreferences = preferencesForm.extend({
  batchSizePercentage: percentageText('batch size'),
  batchMinHealthyPercentage: percentageText('healthy percentage'),
  comment: z
    .string()
    .max(commentBudget, `A comment is at most ${commentBudget} characters long: the launch mark takes the rest of the vendor's 256.`),
})

/** The same, converted to what is sent. */
export const preferencesInput = validPreferences.transform(({ batchSizePercentage, batchMinHealthyPercentage, ...rest }) => ({
  ...rest,
  batchSizePercentage: Number(batchSizePercentage),
  batchMinHealthyPercentage: Number(batchMinHealthyPercentage),
}))
export type PreferencesInput = z.infer<typeof preferencesInput>

/** A percentage as typed, or null while it is not a whole number from 1 to 100. */
export const readPercentage = (text: string): number | null => {
  const parsed = percentageText('percentage').safeParse(text)
  return parsed.success ? Number(parsed.data) : null
}
