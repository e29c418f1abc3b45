import { findingName } from '@/components/domain/finding-name'
import type { AroundKind } from '@/lib/domain/plan/around'
import type { PlanDifference } from '@/lib/domain/plan/differences'
import type { Severity } from '@/lib/domain/readiness/finding'
import { counted, listed, plural } from '@/lib/format/plural'

const severityWords: Record<Severity, string> = { blocker: 'blocks', warning: 'a warning', note: 'a note' }

const placeWords: Record<string, string> = { Default: 'the template', none: 'no group', 'not-said': 'nothing that Spot has said' }
const place = (match: string) => placeWords[match] ?? match

const heartbeatWords = {
  stale: 'The controller has stopped reporting: without it the migration fails for lack of contact.',
  inactive: 'Spot no longer calls the controller active, though it still reports.',
  unknown: 'The controller’s heartbeat could not be read.',
}

const aroundWords: Record<AroundKind, (names: string) => string> = {
  rolls: (names) => `A roll is on: ${names}. Rolls and migrations drain nodes of the same cluster and compete for new ones.`,
  tasks: (names) => `Scheduled in the cluster: ${names}.`,
  'shutdown-hours': (names) => `Shutdown hours: ${names}. New nodes are taken down while they last.`,
  autoscalers: (names) => `A cluster autoscaler of your own is there: ${names}.`,
  'scaled-pools': (names) => `The cluster autoscaler scales ${names}.`,
  limits: (names) => `The limit is another: ${names}.`,
}

const factWords: Record<string, string> = {
  'cluster-nodes': 'the list of nodes',
  vngs: 'node groups',
  nodes: 'nodes in Kubernetes',
  pods: 'pods',
  workloads: 'workloads',
  pdbs: 'Pod Disruption Budgets',
  daemonSets: 'daemon sets',
  claims: 'volumes',
  namespaces: 'namespaces',
  rolls: 'rolls',
  autoscaler: 'the status of the cluster autoscaler',
}

const findingText = ({ id, from, to }: Extract<PlanDifference, { kind: 'finding' }>, nodes: string): string => {
  const name = findingName(id)
  if (from === null) return `“${name}” now applies to ${nodes} (${severityWords[to]}).`
  return `“${name}” on ${nodes}: ${severityWords[to]} now, before ${severityWords[from]}.`
}

/** One difference in a sentence. Its nodes are listed beside it. */
export const differenceText = (difference: PlanDifference): string => {
  switch (difference.kind) {
    case 'group':
      return `Node group ${difference.name} was changed.`
    case 'around':
      return aroundWords[difference.around](listed(difference.names))
    case 'heartbeat':
      return heartbeatWords[difference.to]
    case 'not-read':
      return `Could not be read again in time: ${listed(difference.facts.map((fact) => factWords[fact] ?? fact))}. What they showed may have changed.`
    default: {
      const { nodeNames } = difference
      const nodes = counted(nodeNames.length, 'node')
      const isAre = plural(nodeNames.length, 'is', 'are')
      if (difference.kind === 'finding') return findingText(difference, nodes)
      if (difference.kind === 'gone') return `${nodes} ${isAre} no longer offered for migration.`
      if (difference.kind === 'managed') return `${nodes} ${isAre} managed by Ocean already.`
      if (difference.kind === 'added') return `${nodes} ${plural(nodeNames.length, 'has', 'have')} joined what moves.`
      return `${nodes} ${plural(nodeNames.length, 'matches', 'match')} ${place(difference.to)} now, before ${place(difference.from)}.`
    }
  }
}
