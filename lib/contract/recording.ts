import { z } from 'zod'

/** `isKept`: a sealed copy of a token is kept until the run ends, so that recording goes on when nobody looks. */
export const recordingRequest = z.object({ isKept: z.boolean() })
export type RecordingRequest = z.infer<typeof recordingRequest>

/**
 * `isOwn`: the copy is of the token of the one who asks; whose another is, is stored nowhere. `isKept` without
 * `hasCopy`: someone agreed, and their copy is gone since, or the keys of this server do not open it.
 */
export const recordingAnswer = z.object({ isKept: z.boolean(), hasCopy: z.boolean(), isOwn: z.boolean() })
export type RecordingAnswer = z.infer<typeof recordingAnswer>
