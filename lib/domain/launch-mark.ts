import { commentMaxLength } from '@/lib/spot/schemas/migration'

/**
 * Each launch leaves a short mark at the end of its comment, so that after a lost answer the run can be
 * found again in the vendor's list. A mark is eight hexadecimal digits: `web tier, wave 1 [sw-1f3a9c07]`.
 */
const markLength = 8
const suffixLength = ' [sw-]'.length + markLength

/** Characters left for a person's comment within the vendor's 256. */
export const commentBudget = commentMaxLength - suffixLength

/** The comment as it is sent: the person's words, then the mark. */
export const withMark = (comment: string, mark: string): string => `${comment} [sw-${mark}]`.trimStart()

const marked = /^(.*?)\s?\[sw-([0-9a-f]{8})\]$/s

/** The mark at the end of a comment, or null when the run was not launched by Slipway. */
export const readMark = (comment: string | null): string | null => marked.exec(comment ?? '')?.[2] ?? null

/** The person's words without the mark. */
export const withoutMark = (comment: string | null): string => marked.exec(comment ?? '')?.[1] ?? comment ?? ''
