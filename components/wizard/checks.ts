import { readingWords } from '@/components/domain/reading-words'
import type { StatusName } from '@/components/ui/status'
import type { ClusterRow } from '@/lib/contract/clusters'
import type { PlanFactsAnswer } from '@/lib/contract/plan-facts'
import { worstVerdict, type Capacity } from '@/lib/domain/plan/capacity'
import { capacityFindings } from '@/lib/domain/plan/selection-findings'
import { cronHit, windowHit, type ScheduleHit, type Span } from '@/lib/domain/plan/schedule'
import { findingRules } from '@/lib/domain/readiness/rules'
import { absoluteTime, relativeTime } from '@/lib/format/time'
import { counted, listed, listedFew } from '@/lib/format/plural'
import { autoscalerCheck } from './autoscaler-check'
import { blocker, notRead, ok, warning, type Check, type CheckState, type Said } from './check'
import type { Plan } from './use-plan'

export const checkLooks: Record<CheckState, { status: StatusName; word: string }> = {
  ok: { status: 'ready', word: 'OK' },
  warning: { status: 'warning', word: 'Warning' },
  blocker: { status: 'unable', word: 'Blocks' },
  'not-read': { status: 'unknown', word: 'Not read' },
}

const readAgain = 'Open the plan again in a minute; launching does not wait for it.'

const heartbeatCheck = ({ heartbeat }: ClusterRow, nowMs: number): Said => {
  const last = heartbeat.lastHeartbeatMs
  if (heartbeat.state === 'unknown' || last === null) return notRead('The controller’s heartbeat was not read.', 'Check that the Ocean controller runs before you launch.')
  const ago = relativeTime(last, nowMs)
  if (heartbeat.state === 'stale') return warning(`The controller last reported ${ago}: without it the migration fails for lack of contact.`, 'Look at the Ocean controller’s pod and its log in the cluster, and launch once it reports again.')
  if (heartbeat.state === 'inactive') return warning(`Spot calls the controller “${heartbeat.status ?? ''}”; it last reported ${ago}.`, 'Look at the Ocean controller’s pod and its log in the cluster: the migration fails when it falls silent.')
  return ok(`The controller reported ${ago}.`)
}

const runningCheck = ({ runningMigration, isRunRead, openLaunch }: ClusterRow): Said => {
  if (runningMigration !== null) return blocker(`Migration ${runningMigration.migrationId} is running.`, 'Wait for its end, or stop it.')
  if (openLaunch !== null) return blocker(`A launch by ${openLaunch.startedBy} has no outcome yet.`, 'Wait until it is known whether Spot has started it; Slipway finds out by itself.')
  return isRunRead ? ok('No other migration is known to run in this cluster.') : notRead('Spot’s list of migrations could not be read.', 'A launch reads it again and starts nothing while another migration is on.')
}

const rollCheck = ({ rolls }: PlanFactsAnswer): Said => {
  if (rolls === null) return notRead('Rolls of the cluster could not be read.', 'Look in the Spot console whether a roll is on.')
  if (rolls.length === 0) return ok('No roll is on.')
  return warning(`${rolls.length === 1 ? 'Roll' : 'Rolls'} ${listed(rolls)} ${rolls.length === 1 ? 'is' : 'are'} on: both drain nodes of this cluster and compete for new ones.`, 'Wait for its end, or stop it in the Spot console.')
}

/** The run as the estimate has it; without one, an hour. */
const spanOf = ({ estimate }: Plan, nowMs: number): Span => ({ fromMs: nowMs, toMs: nowMs + (estimate?.highMinutes ?? 60) * 60_000 })

const taskWords: Record<string, string> = { clusterRoll: 'a cluster roll', autoUpgradeVersion: 'an upgrade of Kubernetes' }

type Timed = { what: string; text: string; hit: ScheduleHit }

const timedCheck = (timed: readonly Timed[], clear: string, remedy: string): Said => {
  const hits = timed.flatMap(({ what, hit }) => (hit.kind === 'at' ? [`${what} ${absoluteTime(hit.atMs, 'UTC')}`] : []))
  if (hits.length > 0) return warning(`While this run may be on: ${listed(hits)}.`, remedy)
  const odd = timed.filter(({ hit }) => hit.kind === 'unreadable')
  if (odd.length > 0) return notRead(`${listed(odd.map(({ what, text }) => `${what} “${text}”`))} is not in the documented form, so its time is not known.`, 'Look at the cluster’s schedule in the Spot console.')
  return ok(clear)
}

const taskCheck = ({ schedule }: PlanFactsAnswer, span: Span): Said =>
  timedCheck(
    schedule.tasks.map(({ taskType, cronExpression }) => ({ what: `${taskWords[taskType] ?? taskType} at`, text: cronExpression, hit: cronHit(cronExpression, span) })),
    'No scheduled roll or upgrade falls into the expected time.',
    'Launch after it, or switch the task off in the cluster’s schedule for now.',
  )

const shutdownCheck = ({ partition }: Plan, { schedule, nodes }: PlanFactsAnswer, span: Span): Said => {
  const moving = new Set(partition.willMove.map(({ nodeName }) => nodeName))
  const landings = new Set(nodes.flatMap(({ nodeName, landing }) => (moving.has(nodeName) ? [landing] : [])))
  const windows = schedule.shutdownHours.filter(({ landing }) => landing === null || landings.has(landing))
  return timedCheck(
    windows.flatMap(({ of, timeWindows }) => timeWindows.map((text) => ({ what: `shutdown hours of ${of} from`, text, hit: windowHit(text, span) }))),
    'No shutdown hours fall into the expected time.',
    'Launch after them, or switch them off for now: new nodes are taken down while they last.',
  )
}

const changedCheck = (plan: Plan, { landings, nodes }: PlanFactsAnswer): Said => {
  const { partition, editedAtMs } = plan
  const moving = new Set(partition.willMove.map(({ nodeName }) => nodeName))
  const used = new Set(nodes.flatMap(({ nodeName, landing }) => (landing !== null && moving.has(nodeName) ? [landing] : [])))
  const groups = landings.filter(({ updatedAtMs }, index) => used.has(index) && updatedAtMs !== null && editedAtMs !== null && updatedAtMs > editedAtMs)
  const leftBehind = partition.gone.length + partition.managed.length
  const changes = [
    ...(groups.length > 0 ? [`${listed(groups.map(({ name }) => name))} ${groups.length === 1 ? 'was' : 'were'} changed`] : []),
    ...(leftBehind > 0 ? [`${counted(leftBehind, 'selected node')} ${leftBehind === 1 ? 'has' : 'have'} gone or moved`] : []),
  ]
  return changes.length === 0 ? ok('Groups and nodes are as they were when the plan was last edited.') : warning(`Since the plan was last edited, ${listed(changes)}.`, 'Go through the plan again; it shows what is true now.')
}

const readinessCheck = ({ partition, nodes, extras, skips }: Plan): Said => {
  if (extras.isReading) return blocker('Readiness, budgets and room are still being read.', 'It takes some seconds; the plan follows by itself.')
  if (extras.readiness === null || nodes.problems.length > 0) return warning('Some facts could not be read: what is shown is incomplete.', readAgain)
  const skipped = new Set(skips?.map(({ nodeName }) => nodeName))
  const open = partition.willMove.filter(({ nodeName, readiness }) => readiness === 'needs-validation' && !skipped.has(nodeName)).length
  if (open > 0) return warning(`${counted(open, 'node')} of those that move ${open === 1 ? 'needs' : 'need'} validation.`, 'See the reasons under Nodes, and decide whether they matter.')
  return ok('Every node that moves has a landing place by its VNG match.')
}

const clusterCheck = ({ extras: { readiness } }: Plan): Said | null => {
  if (readiness === null) return null
  const [first] = readiness.cluster.flatMap((place) => readiness.findings[place] ?? []).filter(({ id }) => findingRules[id].effect === 'none')
  if (first !== undefined) return warning(first.sentence, first.remedy)
  if (!readiness.kubernetes.isConnected) return notRead('Pods that are pending already: Kubernetes is not connected.', 'Look for pending pods in the cluster: a migration fails when pods cannot be scheduled.')
  return readiness.kubernetes.parts.some(({ kind, readAtMs }) => kind === 'pods' && readAtMs !== null) ? ok('No pod is pending.') : notRead('Whether pods are pending could not be read.', readAgain)
}

const budgetCheck = ({ effects: { budgets }, overdraftsOtherwise, preferences, ...plan }: Plan, { kubernetes: { isConnected } }: PlanFactsAnswer): Said => {
  if (budgets === null) return isConnected ? notRead('Pod Disruption Budgets could not be read.', 'Nodes shows why; skipped nodes show only during the run.') : notRead('Pod Disruption Budgets: Kubernetes is not connected.', 'Connect Kubernetes for this cluster; without it, skipped nodes show only during the run.')
  const refused = budgets.blockedNodes.length
  const overdrafts = overdraftsOtherwise?.overdrafts ?? plan.overdrafts
  const readAs = overdraftsOtherwise === null ? '' : ` with the batch size read as ${readingWords[overdraftsOtherwise.model]}`
  const over = new Set(overdrafts?.map(({ batch }) => batch)).size
  const overdrawn = [...new Set(overdrafts?.map(({ budget }) => budget))].sort()
  const isRespected = preferences?.respectPdb !== false
  const parts = [
    ...(refused > 0 ? [`${counted(refused, 'node')} ${refused === 1 ? 'holds' : 'hold'} pods that may not be disrupted now${isRespected ? ' and would be skipped' : '; their budgets would be broken'}`] : []),
    ...(over > 0 ? [`${counted(over, 'batch', 'batches')} would overdraw ${listedFew(overdrawn)}${readAs}`] : []),
  ]
  return parts.length === 0 ? ok('No budget refuses now, and no batch overdraws one.') : warning(`${listed(parts)}.`, 'See Budgets on this page, and leave nodes out or move less at a time.')
}

/** The places that have gaps, with how many nodes these concern. */
const gapsOf = (gaps: readonly { place: string; nodes: string[] }[], isOne: string, areMany: string): string[] => {
  const nodes = gaps.reduce((sum, gap) => sum + gap.nodes.length, 0)
  return nodes === 0 ? [] : [`${counted(nodes, 'node')} ${nodes === 1 ? isOne : areMany} ${listed(gaps.map(({ place }) => place))}.`]
}

const capacityCheck = (capacity: Capacity): Said => {
  const { rows, sizeGaps, zoneGaps } = capacity
  const worst = worstVerdict(rows)
  const places = listed([...new Set(rows.filter(({ verdict }) => verdict === worst).map(({ place }) => place))])
  const said = [
    ...(worst === 'does-not-fit' ? [`What moves does not fit: ${places}.`] : worst === 'tight' ? [`Room is tight: ${places}.`] : []),
    ...capacityFindings(capacity).map(({ sentence }) => sentence),
    ...gapsOf(sizeGaps, 'carries more than the largest size allowed in', 'carry more than the largest size allowed in'),
    ...gapsOf(zoneGaps, 'is outside the zones of', 'are outside the zones of'),
  ]
  if (worst === 'does-not-fit') return warning(said.join(' '), 'Raise the limit, widen the sizes, or move fewer nodes. See Room on this page.')
  if (said.length > 0) return warning(said.join(' '), 'See Room on this page.')
  if (worst === 'unknown') return notRead(`Not every limit is known: ${places}.`, 'See Room on this page. Azure’s quota is not in this API.')
  return ok('What moves fits into its groups and the cluster’s limits. Azure’s quota is not in this API.')
}

const missingFacts = ({ extras: { isReading } }: Plan): Said => (isReading ? notRead('Still being read.', 'It takes some seconds.') : notRead('Could not be read.', readAgain))

/** What is checked before a launch, from facts that were read, with what was not read said as such. */
export const checksOf = (plan: Plan, cluster: ClusterRow | undefined, nowMs: number): Check[] => {
  const { facts } = plan.extras
  const span = spanOf(plan, nowMs)
  const noCluster = notRead('The cluster itself has not been read yet.', 'It takes some seconds.')
  const said: [id: string, title: string, said: Said][] = [
    ['facts', 'Nodes', readinessCheck(plan)],
    ['cluster', 'Pending pods', clusterCheck(plan) ?? missingFacts(plan)],
    ['changed', 'Changes', facts === null ? missingFacts(plan) : changedCheck(plan, facts)],
    ['heartbeat', 'Controller', cluster === undefined ? noCluster : heartbeatCheck(cluster, nowMs)],
    ['running', 'Other run', cluster === undefined ? noCluster : runningCheck(cluster)],
    ['rolls', 'Roll', facts === null ? missingFacts(plan) : rollCheck(facts)],
    ['tasks', 'Schedule', facts === null ? missingFacts(plan) : taskCheck(facts, span)],
    ['shutdown', 'Shutdown hours', facts === null ? missingFacts(plan) : shutdownCheck(plan, facts, span)],
    ['budgets', 'Budgets', facts === null ? missingFacts(plan) : budgetCheck(plan, facts)],
    ['capacity', 'Room', plan.capacity === null ? missingFacts(plan) : capacityCheck(plan.capacity)],
    ['autoscaler', 'Autoscaler', facts === null ? missingFacts(plan) : autoscalerCheck(plan, facts)],
  ]
  return said.map(([id, title, rest]) => ({ id, title, ...rest }))
}

/** Why the launch cannot be reached, or null. */
export const blockedBy = (plan: Plan, checks: readonly Check[]): string | null => {
  if (plan.facts.nodes === 0) return 'Nothing that is selected can move.'
  if (plan.preferences === null) return 'A preference is not valid: correct it first.'
  const blocking = checks.find(({ state }) => state === 'blocker')
  return blocking === undefined ? null : `${blocking.sentence} ${blocking.remedy ?? ''}`.trim()
}
