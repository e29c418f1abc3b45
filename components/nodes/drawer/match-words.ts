import type { GroupCheck } from '@/lib/contract/node-detail'
import { listed } from '@/lib/format/plural'

type LabelCheck = GroupCheck['labels'][number]
type TaintState = GroupCheck['taints'][number]['state']
type About = GroupCheck['conditions'][number]['about']

export const labelWords = ({ state, groupValue }: LabelCheck): string => {
  if (state === 'present') return 'in the group'
  return state === 'missing' ? 'missing in the group' : `the group has ${groupValue ?? ''}`
}

export const taintWords: Record<TaintState, string> = {
  equal: 'in the group',
  'vng-lacks': 'missing in the group: what it keeps apart would mix',
  'vng-adds': 'added by the group: pods must tolerate it',
}

export const conditionWords: Record<About, string> = {
  zone: 'Zone',
  os: 'System',
  architecture: 'Architecture',
  size: 'Size',
  gpu: 'GPU',
  'kubernetes-version': 'Kubernetes',
  'max-count': 'Most nodes',
}

/** What one line of changes to the group would make it take the node. */
export const changesFor = ({ labels, taints }: GroupCheck): string => {
  const steps = [
    ...labels.flatMap(({ key, nodeValue, state }) => (state === 'present' ? [] : [`${state === 'missing' ? 'add' : 'set'} label ${key}=${nodeValue}`])),
    ...taints.flatMap(({ taint, state }) => (state === 'equal' ? [] : [`${state === 'vng-lacks' ? 'add' : 'remove'} taint ${taint}`])),
  ]
  return steps.length === 0 ? 'The template takes nodes without labels and taints before any group does.' : `To take this node: ${listed(steps)}.`
}
