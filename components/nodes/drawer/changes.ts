import type { NodeDetail } from '@/lib/contract/node-detail'

export type DetailChange = { kind: 'new' | 'gone'; sentence: string }

const matchText = ({ match }: NodeDetail) => (match.kind === 'vng' ? `Match: ${match.vngName ?? match.vngId}.` : match.kind === 'default' ? 'Match: Default.' : match.kind === 'none' ? 'Match: none.' : 'Match: not said.')

const sentencesOf = (detail: NodeDetail): string[] => [matchText(detail), ...detail.findings.slice(0, detail.about).map(({ sentence }) => sentence)]

/** What a new reading says that the earlier one did not, and the other way round. */
export const changesBetween = (before: NodeDetail, after: NodeDetail): DetailChange[] => {
  const [old, fresh] = [sentencesOf(before), sentencesOf(after)]
  return [
    ...fresh.filter((sentence) => !old.includes(sentence)).map((sentence) => ({ kind: 'new' as const, sentence })),
    ...old.filter((sentence) => !fresh.includes(sentence)).map((sentence) => ({ kind: 'gone' as const, sentence })),
  ]
}
