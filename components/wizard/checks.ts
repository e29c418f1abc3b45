import type { StatusName } from '@/components/ui/status'
import type { ClusterRow } from '@/lib/contract/clusters'
import { relativeTime } from '@/lib/format/time'
import { counted } from '@/lib/format/plural'
import type { Plan } from './use-plan'

export type Check = { id: string; status: StatusName; sentence: string; isBlocking: boolean }

const heartbeatCheck = ({ heartbeat }: ClusterRow, nowMs: number): Check => {
  const base = { id: 'heartbeat', isBlocking: false }
  const last = heartbeat.lastHeartbeatMs
  if (heartbeat.state === 'unknown' || last === null) return { ...base, status: 'needs-validation', sentence: 'The controller’s heartbeat was not read: check that it runs before you launch.' }
  if (heartbeat.state === 'stale') return { ...base, status: 'warning', sentence: `The controller last reported ${relativeTime(last, nowMs)}: without it the migration fails for lack of contact.` }
  return { ...base, status: 'ready', sentence: `The controller reported ${relativeTime(last, nowMs)}.` }
}

const runningCheck = ({ runningMigration }: ClusterRow): Check =>
  runningMigration === null
    ? { id: 'running', status: 'ready', sentence: 'No other migration is known to run in this cluster.', isBlocking: false }
    : { id: 'running', status: 'unable', sentence: `Migration ${runningMigration.migrationId} is running: wait for its end, or stop it.`, isBlocking: true }

const matchCheck = ({ partition, nodes }: Plan): Check => {
  const open = partition.willMove.filter(({ readiness }) => readiness === 'needs-validation').length
  if (nodes.problems.length > 0) return { id: 'facts', status: 'warning', sentence: 'Some facts could not be read: what is shown is incomplete.', isBlocking: false }
  return open > 0
    ? { id: 'facts', status: 'needs-validation', sentence: `${counted(open, 'node')} of those that move ${open === 1 ? 'needs' : 'need'} validation: see the reasons under Nodes.`, isBlocking: false }
    : { id: 'facts', status: 'ready', sentence: 'Every node that moves has a landing place by its VNG match.', isBlocking: false }
}

/** What is checked before a launch, from facts that were read, with what was not read said as such. */
export const checksOf = (plan: Plan, cluster: ClusterRow | undefined, nowMs: number): Check[] => [
  ...(cluster
    ? [heartbeatCheck(cluster, nowMs), runningCheck(cluster)]
    : [{ id: 'cluster', status: 'needs-validation' as const, sentence: 'The cluster itself has not been read yet.', isBlocking: false }]),
  matchCheck(plan),
  { id: 'budgets', status: 'unknown', sentence: 'Pod Disruption Budgets, volumes and stand-alone pods: not read, Kubernetes is not connected.', isBlocking: false },
  { id: 'capacity', status: 'unknown', sentence: 'Room in the virtual node groups and the Azure quota: not checked.', isBlocking: false },
]

/** Why the launch cannot be reached, or null. */
export const blockedBy = (plan: Plan, checks: readonly Check[]): string | null => {
  if (plan.facts.nodes === 0) return 'Nothing that is selected can move.'
  if (plan.preferences === null) return 'A preference is not valid: correct it first.'
  return checks.find(({ isBlocking }) => isBlocking)?.sentence ?? null
}
