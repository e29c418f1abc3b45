import { z } from 'zod'

/**
 * Ids are checked by prefix, not by length: the vendor's examples vary between 7 and 9 characters. `scr-`
 * is shared by migrations and rolls. The character set keeps `/`, `.`, `%` and every control out of paths.
 */
const prefixed = (prefix: string, name: string) =>
  z
    .string()
    .max(64, `A ${name} is at most 64 characters long.`)
    .regex(new RegExp(`^${prefix}-[A-Za-z0-9]{1,60}$`), `A ${name} looks like ${prefix}-1a2b3c4d.`)

export const accountId = prefixed('act', 'account id')
export const clusterId = prefixed('o', 'cluster id')
export const vngId = prefixed('vng', 'virtual node group id')
export const migrationId = prefixed('scr', 'migration id')
