import { describe, expect, test } from 'vitest'
import { blockedBy, checksOf } from '@/components/wizard/checks'
import { makePlan } from '@/components/wizard/use-plan'
import type { ClusterRow } from '@/lib/contract/clusters'
import { newDraftPreferences } from '@/lib/contract/draft'
import type { NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { PlanFacts } from '@/lib/domain/plan/facts'
import type { PoolScaling } from '@/lib/domain/plan/pool-scaling'
import { findingOf } from '@/lib/domain/readiness/rules'
import { budget, landing, node, planFacts, pods } from '../../domain/plan/build'

/** 23 November 2026 is a Monday. */
const nowMs = Date.parse('2026-11-23T18:30Z')

const names = ['a', 'b']
const row = { poolName: 'npweb', runningPods: 3, match: { kind: 'default' }, readiness: 'ready', findings: [], vmSize: null, zone: null, spec: null } as const
const nodes: NodesAnswer = { nodes: names.map((nodeName) => ({ nodeName, ...row, findings: [] })), specs: [], findings: [], vngs: [], clusterNodes: 2, fetchedAtMs: nowMs, problems: [], drift: [] }
const readiness: ReadinessAnswer = { nodes: names.map((nodeName) => ({ nodeName, readiness: 'ready', findings: [] })), workloads: [], findings: [], cluster: [], kubernetes: { isConnected: true, parts: [{ kind: 'pods', readAtMs: nowMs, problem: null }] }, fetchedAtMs: nowMs }

const cluster: ClusterRow = {
  clusterId: 'o-1',
  name: 'prod',
  region: null,
  resourceGroup: null,
  heartbeat: { state: 'reporting', status: 'ACTIVE', lastHeartbeatMs: nowMs - 20_000 },
  nodes: null,
  runningMigration: null,
  runLeft: null,
  isRunUnwatched: false,
  isRunRead: true,
  openLaunch: null,
  problem: null,
}

type Case = { facts?: Partial<PlanFacts>; cluster?: Partial<ClusterRow> | undefined; readiness?: ReadinessAnswer | null; selected?: string[]; isReading?: boolean; areFactsRead?: boolean }

const check = (change: Case = {}) => {
  const facts = change.areFactsRead === false ? null : { ...planFacts({ nodes: names.map((name) => node(name)), ...change.facts }), fetchedAtMs: nowMs }
  const extras = { readiness: change.readiness === undefined ? readiness : change.readiness, facts, history: null, isReading: change.isReading ?? false }
  const plan = makePlan(nodes, { nodeNames: change.selected ?? names, preferences: newDraftPreferences, updatedAtMs: nowMs - 60_000 }, extras)
  const seen = 'cluster' in change && change.cluster === undefined ? undefined : { ...cluster, ...change.cluster }
  const checks = checksOf(plan, seen, nowMs)
  return { checks, blocked: blockedBy(plan, checks), of: (id: string) => checks.find((each) => each.id === id) }
}

test('with nothing in the way every check is well and the launch is open', () => {
  const { checks, blocked } = check()
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([])
  expect(checks.every(({ remedy }) => remedy === null)).toBe(true)
  expect(blocked).toBeNull()
})

describe('what could get in the way', () => {
  const unread: Partial<PlanFacts> = { kubernetes: { isConnected: false, arePodsRead: false, areBudgetsRead: false, autoscalers: null, poolScaling: { state: 'not-read', why: null } }, nodes: names.map((name) => node(name, { pods: null })) }
  const overdrawn = ['shop/a', 'shop/b', 'shop/c', 'shop/d']
  const scaling = (poolScaling: PoolScaling): Partial<PlanFacts> => ({ kubernetes: { ...planFacts().kubernetes, poolScaling } })
  const run = { migrationId: 'scr-1', clusterId: 'o-1', status: 'IN_PROGRESS', comment: '', startedBy: null, source: 'elsewhere' as const, startedAtMs: null, endedAtMs: null, currentBatch: null, numOfBatches: null, counts: { total: 0, moved: 0, moving: 0, toGo: 0, skipped: 0, failed: 0, untouched: 0, unknown: 0 } }
  const launch = { launchId: 'l-1', clusterId: 'o-1', state: 'unknown' as const, mark: '1f3a9c07', migrationId: null, startedBy: 'Ada', createdAtMs: nowMs, problem: null }
  const cases: [what: string, change: Case, id: string, state: string, words: RegExp][] = [
    ['a stale heartbeat', { cluster: { heartbeat: { state: 'stale', status: null, lastHeartbeatMs: nowMs - 600_000 } } }, 'heartbeat', 'warning', /10 min ago/],
    ['a controller that Spot does not call active', { cluster: { heartbeat: { state: 'inactive', status: 'DEGRADED', lastHeartbeatMs: nowMs - 20_000 } } }, 'heartbeat', 'warning', /^Spot calls the controller “DEGRADED”; it last reported .*20/],
    ['a heartbeat that was not read', { cluster: { heartbeat: { state: 'unknown', status: null, lastHeartbeatMs: null } } }, 'heartbeat', 'not-read', /not read/],
    ['a cluster that was not read', { cluster: undefined }, 'running', 'not-read', /not been read/],
    ['another run', { cluster: { runningMigration: run } }, 'running', 'blocker', /scr-1 is running/],
    ['pods that are pending already', { readiness: { ...readiness, cluster: [0], findings: [findingOf('pending-pods', '1 pod is', ['shop/web-1'])] } }, 'cluster', 'warning', /already pending/],
    ['pending pods without Kubernetes', { readiness: { ...readiness, kubernetes: { isConnected: false, parts: [] } } }, 'cluster', 'not-read', /not connected/],
    ['pods that were not read', { readiness: { ...readiness, kubernetes: { isConnected: true, parts: [] } } }, 'cluster', 'not-read', /could not be read/],
    ['a list of migrations that was not read', { cluster: { isRunRead: false } }, 'running', 'not-read', /could not be read/],
    ['a launch without an outcome', { cluster: { openLaunch: launch } }, 'running', 'blocker', /launch by Ada has no outcome yet/],
    ['a roll', { facts: { rolls: ['scr-2'] } }, 'rolls', 'warning', /Roll scr-2 is on/],
    ['rolls that were not read', { facts: { rolls: null } }, 'rolls', 'not-read', /could not be read/],
    ['a scheduled roll within the estimate', { facts: { schedule: { shutdownHours: [], tasks: [{ taskType: 'clusterRoll', cronExpression: '40 18 * * *' }] } } }, 'tasks', 'warning', /a cluster roll at 23 Nov 2026, 18:40/],
    ['a scheduled upgrade long after it', { facts: { schedule: { shutdownHours: [], tasks: [{ taskType: 'autoUpgradeVersion', cronExpression: '0 4 * * *' }] } } }, 'tasks', 'ok', /falls/],
    ['a schedule in no known form', { facts: { schedule: { shutdownHours: [], tasks: [{ taskType: 'clusterRoll', cronExpression: 'nightly' }] } } }, 'tasks', 'not-read', /“nightly”/],
    ['shutdown hours of the cluster', { facts: { schedule: { shutdownHours: [{ of: 'the cluster', landing: null, timeWindows: ['Mon:18:00-Tue:06:00'] }], tasks: [] } } }, 'shutdown', 'warning', /shutdown hours of the cluster/],
    ['shutdown hours of a group that nothing leads to', { facts: { schedule: { shutdownHours: [{ of: 'idle', landing: 1, timeWindows: ['Mon:18:00-Tue:06:00'] }], tasks: [] } } }, 'shutdown', 'ok', /No shutdown/],
    ['a group that was changed since', { facts: { landings: [landing({ updatedAtMs: nowMs - 1_000 })] } }, 'changed', 'warning', /web was changed/],
    ['a node that has gone since', { selected: [...names, 'gone'] }, 'changed', 'warning', /1 selected node has gone/],
    ['Kubernetes that is not connected', { facts: unread }, 'budgets', 'not-read', /not connected/],
    ['a budget that refuses', { facts: { budgets: [budget('shop/web', 0)], nodes: [node('a', { pods: pods({ budgets: [{ budget: 0, pods: 1, refused: 1, workloads: [] }] }) }), node('b')] } }, 'budgets', 'warning', /1 node holds pods/],
    ['batches that overdraw budgets', { facts: { budgets: overdrawn.map((name) => budget(name, 1)), nodes: names.map((name) => node(name, { pods: pods({ budgets: overdrawn.map((_, index) => ({ budget: index, pods: 2, refused: 0, workloads: [] })) }) })) } }, 'budgets', 'warning', /^2 batches would overdraw shop\/a, shop\/b, shop\/c and 1 more\.$/],
    ['too little room', { facts: { landings: [landing({ maxCount: 2 })] } }, 'capacity', 'warning', /does not fit: web/],
    ['zones that the group does not serve', { facts: { landings: [landing({ zones: ['2'] })] } }, 'capacity', 'warning', /^2 nodes are outside the zones of web\.$/],
    ['a node that carries more than any allowed size', { facts: { landings: [landing({ maxVCpu: 4 })], nodes: [node('a', { requested: { milliCpu: 5_000, memoryMiB: 100 } }), node('b')] } }, 'capacity', 'warning', /^1 node carries more than the largest size allowed in web\.$/],
    ['filters that no size passes', { facts: { landings: [landing({ hasSizes: false })] } }, 'capacity', 'warning', /^What moves does not fit: web\. 2 nodes carry/],
    ['a limit that is not known', { facts: { landings: [landing({ maxCount: null })] } }, 'capacity', 'not-read', /Not every limit/],
    ['a cluster-autoscaler', { facts: { kubernetes: { isConnected: true, arePodsRead: true, areBudgetsRead: true, autoscalers: ['kube-system/cluster-autoscaler'], poolScaling: { state: 'absent' } } } }, 'autoscaler', 'warning', /kube-system\/cluster-autoscaler/],
    ['AKS’s autoscaler on a pool of the run', { facts: scaling({ state: 'active', pools: [{ poolName: 'npweb', minCount: 1, maxCount: 9 }] }) }, 'autoscaler', 'warning', /^The cluster autoscaler scales pools of this run: npweb \(1 to 9 nodes\)\. The run switches them to manual scaling\.$/],
    ['AKS’s autoscaler on another pool', { facts: scaling({ state: 'active', pools: [{ poolName: 'npdata', minCount: null, maxCount: null }] }) }, 'autoscaler', 'warning', /^The cluster autoscaler scales other pools: npdata\. It may start nodes there/],
    ['an autoscaler that scales nothing', { facts: scaling({ state: 'active', pools: [] }) }, 'autoscaler', 'ok', /scales no pool/],
    ['a status that may not be read', { facts: scaling({ state: 'not-read', why: 'Forbidden (403). Apply the role again.' }) }, 'autoscaler', 'not-read', /could not be read\. Forbidden \(403\)\. Apply/],
    ['a status that nobody writes any more', { facts: scaling({ state: 'stale', writtenAtMs: nowMs - 3_600_000 }) }, 'autoscaler', 'not-read', /has not written its status since 23 Nov 2026, 17:30/],
    ['an autoscaler that nobody could see', { facts: unread }, 'autoscaler', 'not-read', /not connected/],
    ['facts on their way', { isReading: true, areFactsRead: false, readiness: null }, 'facts', 'blocker', /still being read/],
    ['facts that could not be read', { areFactsRead: false, readiness: null }, 'facts', 'warning', /incomplete/],
  ]
  test.each(cases)('%s', (_, change, id, state, words) => {
    const { of, blocked } = check(change)
    expect(of(id)).toMatchObject({ state, sentence: expect.stringMatching(words) })
    if (state !== 'ok') expect(of(id)?.remedy).toMatch(/\w/)
    expect(blocked === null, 'only a blocker keeps the launch shut').toBe(state !== 'blocker')
  })
})

test('a budget that only another possible reading of the batch size overdraws is no green tick', () => {
  const five = ['a', 'b', 'c', 'd', 'e']
  const load = (name: string) => node(name, name === 'b' || name === 'c' ? { pods: pods({ budgets: [{ budget: 0, pods: 1, refused: 0, workloads: [] }] }) } : {})
  const facts = { ...planFacts({ budgets: [budget('shop/web', 1)], nodes: five.map(load) }), fetchedAtMs: nowMs }
  const rows = { ...nodes, nodes: five.map((nodeName) => ({ nodeName, ...row, findings: [] })), clusterNodes: 5 }
  // Drawn are two, two and one; spread over the run it is one, two and two, which brings b and c together.
  const plan = makePlan(rows, { nodeNames: five, preferences: { ...newDraftPreferences, batchSizePercentage: '40' } }, { readiness, facts, history: null, isReading: false })
  expect(plan.overdrafts).toEqual([])
  expect(plan.overdraftsOtherwise).toMatchObject({ model: 'equal', overdrafts: [{ batch: 2, nodes: ['b', 'c'] }] })
  expect(checksOf(plan, cluster, nowMs).find(({ id }) => id === 'budgets')).toMatchObject({ state: 'warning', sentence: '1 batch would overdraw shop/web with the batch size read as equal parts of the selection.' })
})
