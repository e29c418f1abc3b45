import { findingName } from '@/components/domain/finding-name'
import { counted } from '@/lib/format/plural'
import { nothingFound, type Grouping } from './group'

/** The word of a match key, where it is not the id of a group. */
export const matchWords: Record<string, string> = { default: 'Default', none: 'No match', 'not-said': 'Not said' }

/** What stands at the head of a group. */
export const groupWord = (group: Exclude<Grouping, 'none'>, id: string): string => {
  if (group === 'vng') return matchWords[id] ?? id
  if (group === 'finding') return id === nothingFound ? 'No finding' : findingName(id)
  return id
}

/** How many pods run on nodes, and on how many Spot does not count them. */
export const podsText = (nodes: readonly { runningPods: number | null }[]): string => {
  const known = nodes.flatMap(({ runningPods }) => (runningPods === null ? [] : [runningPods]))
  const pods = counted(known.reduce((sum, count) => sum + count, 0), 'pod')
  return known.length === nodes.length ? pods : `${pods}, not counted on ${counted(nodes.length - known.length, 'node')}`
}
