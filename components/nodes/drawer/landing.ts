import type { NodeDetail, NodePod, PodLanding } from '@/lib/contract/node-detail'
import { visibleText } from '@/lib/format/safe-text'

/** Pods of a node that would go the same way. */
export type LandingLine = {
  /** `vng-web`, `vng-web, or Default`, or `nowhere`. */
  where: string
  /** Why there, or what stands in the way. */
  why: string
  /** It is not where the match says. */
  isElsewhere: boolean
  isNowhere: boolean
  pods: string[]
}

/** A place and its alternatives: `vng-web, or Default`. */
export const placeText = ({ group, others }: Pick<PodLanding, 'group' | 'others'>): string =>
  group === null ? 'nowhere' : [group, ...others].map(({ name }) => visibleText(name)).join(', or ')

const ruleWords: Record<PodLanding['rule'], string> = {
  'only-one': 'The only group that takes them.',
  match: 'The match of the node takes them; the others may have room already.',
  'preferred-affinity': 'Their preferred affinity points there.',
  'least-restrictive': 'The least restrictive group that takes them.',
  none: 'No group takes them.',
}

const whyOf = ({ rule, isCertain, obstacle, keptFromMatch }: PodLanding): string => {
  const parts = [
    rule === 'none' ? `No group takes them: ${obstacle ?? 'not said'}.` : ruleWords[rule],
    rule !== 'none' && keptFromMatch !== null ? `Not the match: ${keptFromMatch}.` : null,
    isCertain ? null : 'Not certain: it hangs on a volume that was not read, or on a label or a size that only the new node will show.',
  ]
  return parts.filter((part) => part !== null).join(' ')
}

const lineOf = (landing: PodLanding): Omit<LandingLine, 'pods'> => ({
  where: placeText(landing),
  why: whyOf(landing),
  isElsewhere: landing.group !== null && landing.keptFromMatch !== null,
  isNowhere: landing.group === null,
})

const linesOf = (pods: readonly NodePod[]): LandingLine[] => {
  const lines = new Map<string, LandingLine>()
  for (const { namespace, name, landing } of pods) {
    if (landing === null) continue
    const line = lineOf(landing)
    const key = `${line.where}\n${line.why}`
    const known = lines.get(key)
    if (known === undefined) lines.set(key, { ...line, pods: [`${namespace}/${name}`] })
    else known.pods.push(`${namespace}/${name}`)
  }
  return [...lines.values()].sort((a, b) => Number(b.isNowhere) - Number(a.isNowhere) || Number(b.isElsewhere) - Number(a.isElsewhere) || b.pods.length - a.pods.length)
}

/** Where the pods of a node would go, those that do not follow the match first; or why that is not known. */
export const landingOf = ({ pods }: Pick<NodeDetail, 'pods'>): { lines: LandingLine[] } | { notRead: string } => {
  if (pods === null) return { notRead: 'Not read: Kubernetes is not connected.' }
  if ('problem' in pods) return { notRead: `Not read. ${pods.problem}` }
  const moved = pods.items.filter(({ isMoved }) => isMoved)
  if (moved.length > 0 && moved.every(({ landing }) => landing === null)) return { notRead: 'Not read: the groups or the template of the cluster did not arrive.' }
  return { lines: linesOf(moved) }
}
