import type { GroupCheck } from '@/lib/contract/node-detail'
import { formatCount } from '@/lib/format/numbers'
import { listed } from '@/lib/format/plural'

type LabelCheck = GroupCheck['labels'][number]
type TaintState = GroupCheck['taints'][number]['state']
type Condition = GroupCheck['conditions'][number]

export const labelWords = ({ state, groupValue }: LabelCheck): string => {
  if (state === 'present') return 'in the group'
  return state === 'missing' ? 'missing in the group' : `the group has ${groupValue ?? ''}`
}

export const taintWords: Record<TaintState, string> = {
  equal: 'in the group',
  'vng-lacks': 'missing in the group: what it keeps apart would mix',
  'vng-adds': 'added by the group: pods must tolerate it',
}

export const conditionWords: Record<Condition['about'], string> = {
  zone: 'Zone',
  os: 'System',
  architecture: 'Architecture',
  size: 'Size',
  gpu: 'GPU',
  'kubernetes-version': 'Kubernetes',
  'max-count': 'Most nodes',
}

/** Counts come as text, like every fact that is compared. */
const counts = (text: string | null): string | null => (text === null || Number.isNaN(Number(text)) ? text : formatCount(Number(text)))

export const conditionText = ({ about, node, group }: Condition): string =>
  about === 'max-count' ? `${counts(node) ?? 'not counted'} now, ${counts(group) ?? 'not said'} allowed` : `${node ?? 'not said'} here, ${group ?? 'not said'} in the group`

/** What one line of changes to the group would make it take the node. */
export const changesFor = ({ labels, taints }: GroupCheck): string => {
  const steps = [
    ...labels.flatMap(({ key, nodeValue, state }) => (state === 'present' ? [] : [`${state === 'missing' ? 'add' : 'set'} label ${key}=${nodeValue}`])),
    ...taints.flatMap(({ taint, state }) => (state === 'equal' ? [] : [`${state === 'vng-lacks' ? 'add' : 'remove'} taint ${taint}`])),
  ]
  return steps.length === 0 ? 'The template takes nodes without labels and taints before any group does.' : `To take this node: ${listed(steps)}.`
}
