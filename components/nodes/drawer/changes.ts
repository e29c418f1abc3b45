import type { NodeDetail } from '@/lib/contract/node-detail'

export type DetailChange = { kind: 'new' | 'gone'; sentence: string }

const matchText = ({ match }: NodeDetail) => (match.kind === 'vng' ? `Match: ${match.vngName ?? match.vngId}.` : match.kind === 'default' ? 'Match: Default.' : match.kind === 'none' ? 'Match: none.' : 'Match: not said.')

const readinessText = ({ readiness }: NodeDetail) => `Readiness: ${readiness.replace('-', ' ')}.`

const carriedTexts = ({ reported }: NodeDetail): string[] =>
  reported === null ? [] : [...Object.entries(reported.labels).map(([key, value]) => `Label ${key}=${value}.`), ...reported.taints.map((taint) => `Taint ${taint}.`)]

/** Pods where Kubernetes was read, else what Spot counts. */
const podTexts = ({ pods, runningPods }: NodeDetail): string[] => {
  if (pods !== null && 'items' in pods) return pods.items.map(({ namespace, name, isReady }) => `Pod ${namespace}/${name}, ${isReady ? 'ready' : 'not ready'}.`)
  return runningPods === null ? [] : [`Pods that Spot counts: ${runningPods}.`]
}

const sentencesOf = (detail: NodeDetail): string[] => [
  readinessText(detail),
  matchText(detail),
  ...detail.findings.slice(0, detail.about).map(({ sentence }) => sentence),
  ...carriedTexts(detail),
  ...podTexts(detail),
]

/** What a new reading says that the earlier one did not, and the other way round. */
export const changesBetween = (before: NodeDetail, after: NodeDetail): DetailChange[] => {
  const [old, fresh] = [new Set(sentencesOf(before)), new Set(sentencesOf(after))]
  return [
    ...[...fresh].filter((sentence) => !old.has(sentence)).map((sentence) => ({ kind: 'new' as const, sentence })),
    ...[...old].filter((sentence) => !fresh.has(sentence)).map((sentence) => ({ kind: 'gone' as const, sentence })),
  ]
}
