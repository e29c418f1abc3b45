import type { RunningChange } from '@/lib/domain/matching/blast-radius'

const added = (what: string, entries: Readonly<Record<string, string>>): string[] => Object.entries(entries).map(([key, value]) => `${what} ${key}=${value} is added`)

/**
 * What an edit does to nodes that already run, line by line: labels and taints of a group reach them at once
 * (Ocean AKS, Virtual node groups).
 */
export const runningChangeLines = ({ labelsAdded, labelsRemoved, labelsChanged, taintsAdded, taintsRemoved }: RunningChange): string[] => [
  ...labelsChanged.map(({ key, from, to }) => `Label ${key} changes from ${from} to ${to}`),
  ...added('Label', labelsAdded),
  ...Object.keys(labelsRemoved).map((key) => `Label ${key} is removed`),
  ...taintsAdded.map((text) => `Taint ${text} is added${text.endsWith(':NoExecute') ? ': pods that do not tolerate it are evicted at once' : ''}`),
  ...taintsRemoved.map((text) => `Taint ${text} is removed`),
]
