import { expect, test } from 'vitest'
import { assumptionsOf } from '@/components/wizard/rehearsal/assumptions'
import { basisOf } from '@/components/wizard/rehearsal/basis'
import type { PoolScaling } from '@/lib/domain/plan/pool-scaling'
import type { RehearsalFacts } from '@/lib/domain/rehearsal/facts'
import { factsWith, rehearsalNode, rehearsalPlan, rehearsalPods, rehearsalWorkload, webGroup } from '@/tests/factories/rehearsal'

const plan = { ...rehearsalPlan(['node-a', 'node-b']), readings: ['M1' as const, 'M3' as const] }
const said = (facts: RehearsalFacts, poolScaling: PoolScaling = { state: 'absent' }) => assumptionsOf(basisOf({ facts, fetchedAtMs: 1, podsReadAtMs: 2, poolScaling }, plan), plan, 15).join('\n')

const withPods = (change: Parameters<typeof rehearsalPods>[2] = {}) =>
  factsWith({ kubernetes: rehearsalPods([rehearsalWorkload('web')], [[0, 0, 0, -1]], { budgets: [{ namespace: 'shop', name: 'b', minAvailable: 1, maxUnavailable: null, expectedPods: 1 }], ...change }) })

test('says what was read, what was not, and what nobody can know', () => {
  expect(said(withPods())).toContain('1 pod and 1 budget as Kubernetes has them.')
  expect(said(withPods())).not.toMatch(/not read/)
  expect(said(withPods({ areBudgetsRead: false, areVolumesRead: false }))).toMatch(/Budgets were not read[^]*Volumes were not read/)
  const bare = said(factsWith())
  expect(bare).toContain('Pods are assumed')
  expect(bare).toContain('No budgets')
  for (const text of [bare, said(withPods())]) expect(text).toMatch(/Azure’s quota[^]*Faults during the run/)
})

test('names workloads on planned nodes that other pods hold or attract, and no others', () => {
  const tied = (kind: string, node: number) => {
    const workload = rehearsalWorkload('web', { kind, isTiedToPods: true })
    return said(factsWith({ nodes: [rehearsalNode('node-a'), rehearsalNode('elsewhere')], kubernetes: rehearsalPods([workload], [[0, node, 0, -1]]) }))
  }
  expect(tied('Deployment', 0)).toContain('shop/web must be near other pods, apart from them, or spread evenly. That is not rehearsed')
  for (const text of [tied('DaemonSet', 0), tied('Deployment', 1), said(withPods())]) expect(text).not.toContain('spread')
})

test('names the readings of the batch size that were taken', () => {
  expect(said(factsWith())).toContain('The batch size is read as a percentage of the selection and a percentage of the whole cluster, in turn.')
})

test('counts planned nodes of which Spot does not say where they land, and no others', () => {
  const silent = (name: string) => rehearsalNode(name, { match: undefined })
  expect(said(factsWith({ nodes: [silent('node-a'), rehearsalNode('node-b'), silent('elsewhere')] }))).toContain('Spot does not say where 1 node would land')
  expect(said(factsWith())).not.toContain('does not say')
})

test('names the pools that an autoscaler may change meanwhile, and says where that is not known', () => {
  const pools = [{ poolName: 'npweb', minCount: 1, maxCount: 9 }]
  expect(said(withPods(), { state: 'active', pools })).toContain('A cluster autoscaler scales npweb. Here nodes neither come nor go by it.')
  for (const unknown of [{ state: 'not-read', why: null }, { state: 'stale', writtenAtMs: 1 }] as const) expect(said(withPods(), unknown)).toContain('is not known. Here their nodes')
  for (const none of [{ state: 'absent' }, { state: 'active', pools: [] }] satisfies PoolScaling[]) expect(said(withPods(), none)).not.toContain('autoscaler')
})

test('says of a group that no known size passes its filters, where planned nodes lead to it', () => {
  expect(said(factsWith({ groups: [{ ...webGroup, sizeGap: 'none-passes' }] }))).toContain('No VM size passes the filters of web: no new node comes there.')
  expect(said(factsWith({ groups: [{ ...webGroup, sizeGap: 'none-known' }] }))).toContain('No VM size that is known here passes the filters of web. How large new nodes are there is not known')
  expect(said(factsWith({ groups: [webGroup, { ...webGroup, vngId: 'vng-other', sizeGap: 'none-passes' }] }))).not.toContain('VM size')
})
