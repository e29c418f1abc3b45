import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import { Status, type StatusName } from '@/components/ui/status'
import type { GroupCheck, NodeDetail } from '@/lib/contract/node-detail'
import { counted, listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'
import { LandingPart } from './landing-part'
import { changesFor, conditionText, conditionWords, labelWords, taintWords } from './match-words'

type Line = { key: string; status: StatusName; subject: string; words: string }

const labelStatus = { present: 'moved', missing: 'failed', 'value-differs': 'failed' } as const
const taintStatus = { equal: 'moved', 'vng-lacks': 'warning', 'vng-adds': 'failed' } as const
const conditionStatus = { fits: 'moved', 'does-not-fit': 'warning', unknown: 'unknown' } as const

const linesOf = ({ labels, taints, conditions }: GroupCheck): Line[] => [
  ...labels.map((label) => ({ key: `label ${label.key}`, status: labelStatus[label.state], subject: `${label.key}=${label.nodeValue}`, words: labelWords(label) })),
  ...taints.map(({ taint, state }) => ({ key: `taint ${taint}`, status: taintStatus[state], subject: taint, words: taintWords[state] })),
  ...conditions.filter(({ state, group }) => state === 'does-not-fit' || (state === 'unknown' && group !== null)).map((entry) => ({ key: entry.about, status: conditionStatus[entry.state], subject: conditionWords[entry.about], words: conditionText(entry) })),
]

const Group = ({ group, editHref }: { group: GroupCheck; editHref: string | null }) => {
  const lines = linesOf(group)
  return (
    <li className="border-b border-line py-2 last:border-0">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{visibleText(group.name)}</span>
        {group.vngId === null ? null : <Name className="text-text-2">{group.vngId}</Name>}
        <span className="ml-auto">{group.isMatch ? <Badge tone="moved">match</Badge> : <span className="text-xs text-text-2">{group.changes === 0 ? 'does not apply' : `${counted(group.changes, 'difference')}`}</span>}</span>
      </div>
      <ul className="mt-1 flex flex-col gap-0.5">
        {lines.map(({ key, status, subject, words }) => (
          <li key={key} className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-xs">
            <Status name={status}>
              <Name className="whitespace-normal break-all">{subject}</Name>
            </Status>
            <span className="text-text-2">{words}</span>
          </li>
        ))}
      </ul>
      {group.isMatch || group.vngId === null ? null : (
        <p className="mt-1 text-xs text-text-2">
          {changesFor(group)}{' '}
          {editHref === null ? null : (
            <Link href={editHref} className="text-accent underline underline-offset-2">
              Edit {visibleText(group.name)}…
            </Link>
          )}
        </p>
      )}
    </li>
  )
}

const verdictText = ({ verdict }: NonNullable<NodeDetail['own']>): string =>
  verdict.kind === 'vng' ? visibleText(verdict.vngName ?? verdict.vngId) : verdict.kind === 'default' ? 'the template' : 'no group'

const Disagreement = ({ detail: { own, pods } }: { detail: NodeDetail }) => {
  if (own === null) return <Notice tone="warning" title="The groups or this node were not read.">Only what Spot says of the match is known.</Notice>
  if (own.agreement === 'differs')
    return (
      <Notice tone="warning" title="Spot and the documented rule disagree.">
        By the rule the node would fall to {verdictText(own)}. The run follows Spot.
      </Notice>
    )
  if (own.agreement === 'not-said')
    return (
      <Notice tone="warning" title="Spot does not tell the match.">
        By the documented rule, as Slipway reads it, the node falls to {verdictText(own)}. What is checked goes by that; the run follows Spot.
      </Notice>
    )
  // With its pods at hand, the forecast tells it for each of them.
  if (own.isPodTimeDifferent && (pods === null || 'problem' in pods))
    return (
      <Notice tone="info" title="Pods may be sent elsewhere.">
        Pods that would run on any of the groups go to the least restrictive one first, which is not this match.
      </Notice>
    )
  return null
}

const DefaultSafety = ({ detail: { own } }: { detail: NodeDetail }) => {
  const safety = own?.defaultSafety ?? null
  if (safety === null || safety.state === 'safe') return null
  if (safety.state === 'unknown') return <Notice tone="warning" title="The template was not read.">Whether the node’s pods may run on Default is not known.</Notice>
  const carried = [...Object.entries(safety.labels).map(([key, value]) => `${key}=${value}`), ...safety.taints.map((taint) => `taint ${taint}`)]
  return (
    <Notice tone="warning" title="Default is not safe by itself.">
      The template carries {listed(carried.map(visibleText))}: pods that do not tolerate its taints, or keep away from its labels, stay without a node there.
    </Notice>
  )
}

/** The node against every group, nearest first: label by label, taint by taint. */
export const MatchTab = ({ clusterId, detail }: { clusterId: string; detail: NodeDetail }) => (
  <div className="flex flex-col gap-3">
    <Disagreement detail={detail} />
    <DefaultSafety detail={detail} />
    <LandingPart detail={detail} />
    <h3 className="-mb-2 font-semibold">Against every group</h3>
    {detail.groups.length === 0 ? <p className="text-text-2">There is no group to compare with.</p> : null}
    <ul>
      {detail.groups.map((group) => (
        <Group key={group.vngId ?? 'template'} group={group} editHref={group.vngId === null || group.changes === 0 || detail.match.kind !== 'none' ? null : routes.vngs(clusterId, { edit: group.vngId, nodes: detail.nodeName })} />
      ))}
    </ul>
  </div>
)
