import { listed, plural } from './plural'
import { visibleText } from './safe-text'

const mostNamed = 5

/** Node pools as part of a sentence: `node pools npapi and npweb`. Of many the first are named. */
export const poolsText = (names: readonly string[]): string => {
  const shown = names.slice(0, names.length > mostNamed ? mostNamed - 1 : mostNamed).map(visibleText)
  const rest = names.length - shown.length
  return `${plural(names.length, 'node pool')} ${listed(rest > 0 ? [...shown, `${rest} more`] : shown)}`
}
