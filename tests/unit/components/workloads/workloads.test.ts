import { describe, expect, it } from 'vitest'
import { filterWorkloads, isFiltered, type WorkloadsFilter } from '@/components/workloads/filter'
import { movingSentences } from '@/components/workloads/moving-words'
import { indexWorkloads, type IndexedWorkload } from '@/components/workloads/workload-index'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import { kubeKinds, type KubeKind } from '@/lib/domain/kube-facts'
import { findingOf } from '@/lib/domain/readiness/rules'

type Row = ReadinessAnswer['workloads'][number]

const row = (name: string, overrides: Partial<Row> = {}): Row => ({ key: `Deployment/shop/${name}`, kind: 'Deployment', namespace: 'shop', name, replicas: 3, pods: 3, readyPods: 3, nodes: [0, 1], pdbs: [], findings: [], ...overrides })

const findings = [findingOf('single-replica', '', ['p']), findingOf('pdb-allows-none', 'shop/a allows no disruption', ['p']), findingOf('local-volume', '', ['p']), findingOf('two-pdbs', 'shop/a, shop/b', ['p'])]

const answer = (workloads: Row[], unread: KubeKind[] = []): ReadinessAnswer => ({
  workloads,
  findings,
  nodes: ['n-0', 'n-1', 'n-2'].map((nodeName) => ({ nodeName, readiness: 'ready', findings: [] })),
  cluster: [],
  kubernetes: { isConnected: true, parts: kubeKinds.map((kind) => ({ kind, readAtMs: unread.includes(kind) ? null : 1, problem: null })) },
  fetchedAtMs: 1,
})
const pools = new Map([['n-0', 'npweb'], ['n-1', 'npapi'], ['n-2', 'npweb']])
const indexed = (overrides: Partial<Row> = {}, unread: KubeKind[] = []): IndexedWorkload => {
  const [only] = indexWorkloads(answer([row('web', overrides)], unread), pools)
  if (only === undefined) throw new Error('no workload')
  return only
}

describe('the rows', () => {
  it('stand in the order of what weighs: blockers, warnings, pods, name', () => {
    const rows = [row('quiet-b'), row('warned', { findings: [0] }), row('blocked-twice', { findings: [1, 2] }), row('quiet-a'), row('blocked-and-warned', { findings: [0, 2] }), row('quiet-large', { pods: 9 })]
    expect(indexWorkloads(answer(rows), pools).map(({ name }) => name)).toEqual(['blocked-twice', 'blocked-and-warned', 'warned', 'quiet-large', 'quiet-a', 'quiet-b'])
  })
  it('have the gravest finding first, their nodes by name, and each pool once', () => {
    expect(indexed({ findings: [0, 2], nodes: [0, 1, 2] })).toMatchObject({ reasons: [{ id: 'local-volume' }, { id: 'single-replica' }], nodeNames: ['n-0', 'n-1', 'n-2'], pools: ['npapi', 'npweb'] })
    expect(indexWorkloads(answer([row('web')]), new Map())[0]?.pools).toEqual([])
  })
  it('know budgets that were not read from none', () => {
    expect(indexed().isBudgetRead).toBe(true)
    expect(indexed({}, ['pdbs']).isBudgetRead).toBe(false)
  })
})

describe('the filters', () => {
  const all = indexWorkloads(
    answer([
      row('web', { findings: [1], pdbs: [{ name: 'shop/front-budget', disruptionsAllowed: 0, currentHealthy: 3, desiredHealthy: 3 }] }),
      row('db', { key: 'StatefulSet/data/db', kind: 'StatefulSet', namespace: 'data', findings: [0] }),
      row('cron', { key: 'Job/data/cron', kind: 'Job', namespace: 'data' }),
    ]),
    pools,
  )
  const none: WorkloadsFilter = { search: '', namespaces: [], kinds: [], findings: [] }
  const names = (filter: Partial<WorkloadsFilter>) => filterWorkloads(all, { ...none, ...filter }).map(({ name }) => name)
  it.each<[Partial<WorkloadsFilter>, string[]]>([
    [{}, ['web', 'db', 'cron']],
    [{ namespaces: ['data'] }, ['db', 'cron']],
    [{ namespaces: ['data'], kinds: ['Job'] }, ['cron']],
    [{ findings: ['single-replica', 'pdb-allows-none'] }, ['web', 'db']],
    [{ search: 'DATA/ stateful' }, ['db']],
    [{ search: 'front-budget' }, ['web']],
    [{ search: 'npweb' }, []],
  ])('%j leave %j', (filter, expected) => expect(names(filter)).toEqual(expected))
  it('know whether one is set', () => {
    expect(isFiltered({ ...none, search: ' ' })).toBe(false)
    expect(isFiltered({ ...none, kinds: ['Job'] })).toBe(true)
  })
})

describe('what moving it means', () => {
  const budget = (name: string, disruptionsAllowed: number) => ({ name, disruptionsAllowed, currentHealthy: 3, desiredHealthy: 3 - disruptionsAllowed })
  const told = (overrides: Partial<Row> = {}, unread: KubeKind[] = []) => movingSentences(indexed(overrides, unread)).join(' ')

  it.each<[string, Partial<Row>, string]>([
    ['whole', {}, '3 pods move from 2 nodes of pools npapi and npweb. No budget covers it: all its pods on the nodes of one batch may go at once.'],
    ['in part here', { pods: 1, readyPods: 1, nodes: [0] }, '1 of 3 pods moves from 1 node of pool npweb; the others do not run on nodes that can be migrated.'],
    ['of one replica', { replicas: 1, pods: 1, readyPods: 1, nodes: [0] }, '1 pod moves from 1 node of pool npweb. It is down from the eviction until its one pod is ready on another node.'],
    ['on one node', { nodes: [0], pdbs: [budget('shop/a', 1)] }, '3 pods move from 1 node of pool npweb. All its pods are on one node and leave it together, as far as a budget lets them. PDB shop/a lets 1 pod go at once: 3 healthy, 2 needed.'],
    ['under a budget without room', { pdbs: [budget('shop/a', 0)] }, '3 pods move from 2 nodes of pools npapi and npweb. PDB shop/a lets no pod go now: 3 healthy, 3 needed. With “respect PDB” the nodes are skipped; without it the budget is broken.'],
    ['with a pod not ready', { readyPods: 2, pdbs: [budget('shop/a', 2)] }, '3 pods move from 2 nodes of pools npapi and npweb. 1 pod of them is not ready now. PDB shop/a lets 2 pods go at once: 3 healthy, 1 needed.'],
    ['a stand-alone pod', { kind: 'Pod', replicas: null, pods: 1, readyPods: 1, nodes: [0] }, '1 pod moves from 1 node of pool npweb. No controller owns this pod: once evicted, nobody starts it again.'],
    ['of a DaemonSet', { kind: 'DaemonSet', replicas: null, pods: 2, readyPods: 2 }, '2 pods on 2 nodes do not move: a drain leaves them, and they end with their nodes. The DaemonSet starts a pod of its own on each new node that it may run on.'],
  ])('is told of a workload %s', (_case, overrides, expected) => expect(told(overrides)).toBe(expected))

  it('tells pods under two budgets from two budgets over different pods', () => {
    const pdbs = [budget('shop/a', 1), budget('shop/b', 2)]
    expect(told({ pdbs, findings: [3] })).toContain('PDBs shop/a and shop/b cover the same pods')
    expect(told({ pdbs })).toContain('PDB shop/b lets 2 pods go at once')
  })
  it('never takes what was not read for none', () => {
    expect(told({}, ['pdbs'])).toContain('Budgets were not read, so how many pods may go at once is not known.')
    expect(told({ replicas: null }, ['workloads'])).toContain('How many replicas it should have was not read.')
  })
})
