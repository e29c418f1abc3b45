import { findingName } from '@/components/domain/finding-name'
import { nothingFound, type Grouping } from './group'

/** The word of a match key, where it is not the id of a group. */
export const matchWords: Record<string, string> = { default: 'Default', none: 'No match', 'not-said': 'Not said' }

/** What stands at the head of a group. */
export const groupWord = (group: Exclude<Grouping, 'none'>, id: string): string => {
  if (group === 'vng') return matchWords[id] ?? id
  if (group === 'finding') return id === nothingFound ? 'No finding' : findingName(id)
  return id
}
