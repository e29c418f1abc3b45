import { isObject, isSame, maps, type VngDraft } from './vng-document'

const mergedField = (key: string, was: unknown, is: unknown, now: unknown): unknown => {
  if (isSame(was ?? null, is ?? null)) return now
  // Labels or tags that come from the template are one decision; of other fields, a missing group is one that is empty.
  const isMap = maps.has(key)
  const [before, mine, theirs] = [was ?? {}, isMap ? is : (is ?? {}), isMap ? now : (now ?? {})]
  if (!isObject(before) || !isObject(mine) || !isObject(theirs)) return is
  const fields = rebased(before, mine, theirs)
  return isMap || Object.keys(fields).length > 0 ? fields : undefined
}

/**
 * What a person made of a group as it was, made of the group as it is now: what they did not touch is as it is now.
 * Where somebody else changed the very same field, the person's word stands.
 */
export const rebased = (was: VngDraft, is: VngDraft, now: VngDraft): VngDraft =>
  Object.fromEntries(
    [...new Set([...Object.keys(now), ...Object.keys(is)])].flatMap((key) => {
      const value = mergedField(key, was[key], is[key], now[key])
      return value === undefined ? [] : [[key, value]]
    }),
  )
