import { describe, expect, test } from 'vitest'
import { planHash } from '@/lib/contract/plan-hash'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { planDifferences } from '@/lib/domain/plan/differences'
import { onlyNodes, reviewedPlan, reviewNodes, type NodeToReview, type ReviewedPlan } from '@/lib/domain/plan/reviewed'
import type { FindingId, Severity } from '@/lib/domain/readiness/finding'
import { defaultMigrationOptions, type MigrationOptions } from '@/lib/spot/schemas/migration'

const inWeb: NodeMatch = { kind: 'vng', vngId: 'vng-web', vngName: 'web' }
const inBatch: NodeMatch = { kind: 'vng', vngId: 'vng-batch', vngName: 'batch' }
const nothing: NodeMatch = { kind: 'none' }
const finding = (id: FindingId, severity: Severity = 'warning') => ({ id, severity })
const node = (nodeName: string, over: Partial<NodeToReview> = {}): NodeToReview => ({ nodeName, match: inWeb, findings: [], ...over })

const groups = [{ vngId: 'vng-web', name: 'web', updatedAtMs: 1_000 }, { vngId: 'vng-batch', name: 'batch', updatedAtMs: 1_000 }]
const around = { rolls: ['scr-1'], tasks: ['clusterRoll at 0 3 * * *'], limits: ['100 vCPU in the cluster'] }
const facts = { groups, heartbeat: 'reporting' as const, around, read: ['cluster-nodes', 'vngs', 'pods'] }
const plan = (nodes: NodeToReview[] = [node('a'), node('b')], over: Partial<Omit<Parameters<typeof reviewNodes>[0], 'nodes'>> = {}): ReviewedPlan => reviewNodes({ nodes, ...facts, ...over })
const changesTo = (fresh: ReviewedPlan, reviewed = plan(), managed: string[] = [], options: MigrationOptions = defaultMigrationOptions) => planDifferences({ reviewed, fresh, options, managed: new Set(managed) })

describe('a plan differs from what was reviewed', () => {
  test.each([
    ['nothing has happened', plan(), []],
    ['nodes come in another order', plan([node('b'), node('a')]), []],
    ['a node has gone', plan([node('b')]), [{ kind: 'gone', nodeNames: ['a'] }]],
    ['a node has come', plan([node('a'), node('b'), node('c')]), [{ kind: 'added', nodeNames: ['c'] }]],
    ['a match is another group', plan([node('a', { match: inBatch }), node('b')]), [{ kind: 'match', from: 'web', to: 'batch', nodeNames: ['a'] }]],
    ['a match is the template', plan([node('a', { match: { kind: 'default' } }), node('b')]), [{ kind: 'match', from: 'web', to: 'Default', nodeNames: ['a'] }]],
    [
      'both nodes match nothing, with its finding',
      plan([node('a', { match: nothing, findings: [finding('no-vng-match', 'blocker')] }), node('b', { match: nothing, findings: [finding('no-vng-match', 'blocker')] })]),
      [
        { kind: 'match', from: 'web', to: 'none', nodeNames: ['a', 'b'] },
        { kind: 'finding', id: 'no-vng-match', from: null, to: 'blocker', nodeNames: ['a', 'b'] },
      ],
    ],
    ['a finding appears', plan([node('a', { findings: [finding('local-volume')] }), node('b')]), [{ kind: 'finding', id: 'local-volume', from: null, to: 'warning', nodeNames: ['a'] }]],
    ['a group was changed', plan(undefined, { groups: [{ vngId: 'vng-web', name: 'web', updatedAtMs: 2_000 }] }), [{ kind: 'group', vngId: 'vng-web', name: 'web' }]],
    ['a group that nothing lands in was changed', plan(undefined, { groups: [groups[0] as (typeof groups)[0], { vngId: 'vng-batch', name: 'batch', updatedAtMs: 2_000 }] }), []],
    ['the controller has stopped reporting', plan(undefined, { heartbeat: 'stale' }), [{ kind: 'heartbeat', from: 'reporting', to: 'stale' }]],
    ['pods were not read this time', plan(undefined, { read: ['cluster-nodes', 'vngs'] }), [{ kind: 'not-read', facts: ['pods'] }]],
    ['a roll has begun', plan(undefined, { around: { ...around, rolls: ['scr-1', 'scr-2'] } }), [{ kind: 'around', around: 'rolls', names: ['scr-2'] }]],
    ['a roll is over and a task was taken away', plan(undefined, { around: { ...around, rolls: [], tasks: [] } }), []],
    ['shutdown hours were set', plan(undefined, { around: { ...around, 'shutdown-hours': ['web Sat:08:00-Sun:08:00'] } }), [{ kind: 'around', around: 'shutdown-hours', names: ['web Sat:08:00-Sun:08:00'] }]],
    ['a limit is another', plan(undefined, { around: { ...around, limits: ['90 vCPU in the cluster'] } }), [{ kind: 'around', around: 'limits', names: ['90 vCPU in the cluster'] }]],
    ['more was read this time', plan(undefined, { read: [...facts.read, 'pdbs'] }), []],
  ])('when %s', (_, fresh, differences) => {
    expect(changesTo(fresh)).toEqual(differences)
  })

  test('when a node is managed already', () => {
    expect(changesTo(plan([node('b')]), plan(), ['a'])).toEqual([{ kind: 'managed', nodeNames: ['a'] }])
  })

  test('when a finding weighs more than it did, and not when it weighs less or has vanished', () => {
    const worse = plan([node('a', { findings: [finding('two-pdbs', 'blocker')] })])
    const better = plan([node('a', { findings: [finding('local-volume'), finding('two-pdbs')] })])
    expect(changesTo(worse, better)).toEqual([{ kind: 'finding', id: 'two-pdbs', from: 'warning', to: 'blocker', nodeNames: ['a'] }])
    expect(changesTo(plan([node('a', { findings: [finding('two-pdbs')] })]), worse)).toEqual([])
    expect(changesTo(plan([node('a')]), better)).toEqual([])
  })

  test('by a finding that the options leave open, and not by one that they have answered', () => {
    const [fresh, reviewed] = [plan([node('a', { findings: [finding('pdb-allows-none'), finding('standalone-pod')] })]), plan([node('a')])]
    const told = (options: MigrationOptions) => changesTo(fresh, reviewed, [], options).map((difference) => (difference.kind === 'finding' ? difference.id : difference.kind))
    expect(told({ ...defaultMigrationOptions, respectPdb: true })).toEqual(['pdb-allows-none', 'standalone-pod'])
    expect(told({ ...defaultMigrationOptions, respectPdb: false }), 'pods that are evicted for good are told under every option').toEqual(['standalone-pod'])
  })

  test('by less that was read, and not by findings that rest on it', () => {
    const reviewed = plan([node('a', { findings: [finding('two-pdbs')] })])
    expect(changesTo(plan([node('a')], { read: ['cluster-nodes', 'vngs'] }), reviewed)).toEqual([{ kind: 'not-read', facts: ['pods'] }])
  })

  test('when the heartbeat comes to be read, only if it is stale, and not when the controller reports again', () => {
    expect(changesTo(plan(), plan(undefined, { heartbeat: 'stale' }))).toEqual([])
    expect(changesTo(plan(undefined, { heartbeat: 'inactive' }), plan(undefined, { heartbeat: 'stale' }))).toEqual([])
    expect(changesTo(plan(undefined, { heartbeat: 'inactive' }), plan())).toEqual([{ kind: 'heartbeat', from: 'reporting', to: 'inactive' }])
    const reviewed = plan(undefined, { heartbeat: 'unknown' })
    expect(changesTo(plan(), reviewed)).toEqual([])
    expect(changesTo(plan(undefined, { heartbeat: 'stale' }), reviewed)).toEqual([{ kind: 'heartbeat', from: 'unknown', to: 'stale' }])
  })

  test('not by notes that decide nothing, nor by what is said of the reading', () => {
    const fresh = plan([node('a', { findings: [finding('daemonset-stays', 'note'), finding('facts-stale'), finding('controller-stale')] }), node('b')])
    expect(changesTo(fresh)).toEqual([])
  })

  test('not by how many pods a finding is about', () => {
    const reviewed = plan([node('a', { findings: [finding('pdb-allows-none')] })])
    expect(changesTo(plan([node('a', { findings: [finding('pdb-allows-none'), finding('pdb-allows-none')] })]), reviewed)).toEqual([])
  })
})

describe('the hash of a plan', () => {
  const choices = { options: defaultMigrationOptions, comment: 'wave 1' }
  const first = () => planHash(plan([node('a'), node('b', { match: inBatch, findings: [finding('two-pdbs'), finding('local-volume')] })]), choices)

  test('is SHA-256 in hexadecimal', async () => {
    expect(await first()).toMatch(/^[0-9a-f]{64}$/)
  })

  test('does not know the order of nodes, findings, groups, readings or keys', async () => {
    const same = plan([node('b', { match: inBatch, findings: [finding('local-volume'), finding('two-pdbs')] }), node('a')], { groups: [...groups].reverse(), read: [...facts.read].reverse() })
    const options = Object.fromEntries(Object.entries(defaultMigrationOptions).reverse())
    expect(await planHash(same, { comment: 'wave 1', options })).toBe(await first())
  })

  test.each<[string, ReviewedPlan, object]>([
    ['a node', plan([node('a')]), {}],
    ['a match', plan([node('a'), node('b')]), {}],
    ['a finding', plan([node('a'), node('b', { match: inBatch, findings: [finding('two-pdbs')] })]), {}],
    ['an option', plan([node('a'), node('b', { match: inBatch, findings: [finding('two-pdbs'), finding('local-volume')] })]), { options: { ...defaultMigrationOptions, respectPdb: !defaultMigrationOptions.respectPdb } }],
    ['the comment', plan([node('a'), node('b', { match: inBatch, findings: [finding('two-pdbs'), finding('local-volume')] })]), { comment: 'wave 2' }],
    ['pools instead of nodes', plan([node('a'), node('b', { match: inBatch, findings: [finding('two-pdbs'), finding('local-volume')] })]), { nodePoolNames: ['npweb'] }],
  ])('changes with %s', async (_, other, change) => {
    expect(await planHash(other, { ...choices, ...change })).not.toBe(await first())
  })
})

test('a plan can be narrowed to nodes in another order, and passes its own schema', () => {
  const narrowed = onlyNodes(plan([node('a'), node('b', { match: inBatch }), node('c')]), ['c', 'b', 'not-in-it'])
  expect(reviewedPlan.parse(narrowed)).toEqual(narrowed)
  expect(narrowed.nodeNames).toEqual(['c', 'b'])
  expect(changesTo(narrowed, plan([node('b', { match: inBatch }), node('c')]))).toEqual([])
})
