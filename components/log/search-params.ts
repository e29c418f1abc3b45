import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { logSeverities } from '@/lib/contract/log'
import { logPresets } from './range'

/** Everything about the log page that belongs to its address. `from` and `to` (epoch ms) win over `last`. */
export const logParams = {
  last: parseAsStringLiteral(logPresets).withDefault('hour'),
  from: parseAsInteger,
  to: parseAsInteger,
  severity: parseAsStringLiteral(logSeverities).withDefault('ALL'),
  search: parseAsString.withDefault(''),
  /** Reads on by itself. */
  follow: parseAsBoolean.withDefault(false),
}
