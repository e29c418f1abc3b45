import { describe, expect, test } from 'vitest'
import { csvCell, nodesCsv } from '@/components/run/export/csv'
import { redactRecord } from '@/components/run/export/redact'
import { runDocumentOf } from '@/components/run/export/run-document'
import type { RunRecord } from '@/lib/contract/run'
import { runDocument } from '@/lib/contract/run-export'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import type { LandedPods } from '@/lib/domain/progress/landing-facts'
import { emptyRun, foldRun } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

const [first, second] = ['aks-npweb-1-vmss000000', 'aks-npweb-1-vmss000001']
const noted: NewRunChange[] = [
  { kind: 'log', body: { loggedAtMs: 1000, severity: 'ERROR', message: `Node ${first} of pool npweb failed for a budget.` } },
  { kind: 'log', body: { loggedAtMs: 1500, severity: 'INFO', message: 'Node aks-omnp77-0 of pool omnp77 is ready.' } },
  { kind: 'anomaly', body: { sentence: `Spot called ${second} moved twice.` } },
  { kind: 'stop', body: { askedBy: 'Grace Hopper' } },
  {
    kind: 'landing',
    body: {
      batch: 0, isLast: true, problem: null, goneNew: [], goneOld: [], backOld: [], targets: [{ vngId: 'vng-77', spotPercentage: 80 }],
      newNodes: [{ nodeName: 'aks-omnp77-0', poolName: 'omnp77', vngId: 'vng-77', vngName: 'web group', lifecycle: 'Spot', zone: '1', vmSize: 'Standard_D4s_v5', milliCpu: 3860, isNamed: true }],
      pods: {
        state: 'read', onNew: 1, onOld: 1, elsewhere: 0, pending: 1, left: 0,
        reasons: [{ reason: `0/3 nodes are available, ${first} is full`, pods: 1 }],
        workloads: ['shop/Deployment/checkout'],
        standAlone: [{ pod: 'shop/lone-wolf', nodeName: first }],
        goneStandAlone: ['shop/lone-wolf'],
        places: [{ workload: 'shop/Deployment/checkout', onNew: 1, onOld: 1, elsewhere: 0, pending: 1 }],
        oldNodes: [{ nodeName: second, isCordoned: true, pods: 2 }],
      },
    },
  },
]
const begun = stamp(diffMigration(emptyRun, makeMigration({ batch: 1, batches: 1, nodes: [{ name: first, status: 'TO_BE_REPLACED' }, { name: second, status: 'TO_BE_REPLACED' }] })), 0, 1000)
const ending = makeMigration({ status: 'COMPLETED', batch: 1, batches: 1, nodes: [{ name: first, status: 'REPLACED' }, { name: second, status: 'NOT_REPLACED_DUE_TO_PDB' }] })
const seen = diffMigration(foldRun(begun), ending)
const record: RunRecord = {
  run: { migrationId: 'scr-1', clusterId: 'o-demo0001', status: 'COMPLETED', comment: 'secret plan', nodePoolNames: ['npweb'], startedBy: 'Grace Hopper', source: 'slipway', startedAtMs: 0, endedAtMs: 5000, currentBatch: 1, numOfBatches: 1 },
  options: { batchSizePercentage: 20, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: false },
  predicted: { order: [second, first], readings: [{ model: 'fixed', sizes: [1, 1] }] },
  changes: [...begun, ...stamp([...seen, ...noted], begun.length, 2000)] as RunChange[],
  seq: 9,
  freshness: { state: 'ended', lastPolledAtMs: 5000, nextPollAtMs: null, problem: null },
  serverNowMs: 6000,
}

describe('the file of a run', () => {
  test('has what was rehearsed, with names and without, and says where nothing was', () => {
    const rehearsed = { timesMs: [0, 60_000], median: [0, 2], low: [0, 1], high: [0, 2] }
    const ofRehearsed = { ...record, rehearsed }
    for (const made of [runDocumentOf(ofRehearsed, false), runDocumentOf(redactRecord(ofRehearsed), true)]) expect(runDocument.parse(made).rehearsed).toEqual(rehearsed)
    expect(runDocumentOf(record, false).rehearsed).toBeNull()
  })

  test('is what its schema says, through JSON and back', () => {
    const made = runDocumentOf(record, false)
    expect(runDocument.parse(JSON.parse(JSON.stringify(made)))).toEqual(made)
    expect(made.run.nodePools).toEqual(['npweb'])
    expect(made.outcome).toMatchObject({ total: 2, moved: 1, skipped: 1, failed: 0 })
    expect(made.ledger).toMatchObject({ nodes: [{ line: 'moved', count: 1 }, { line: 'skippedByBudget', count: 1 }], pods: { lostOnPurpose: { count: 1 }, pending: { count: 1 } }, capacity: { spot: 1, spotShare: 1, groups: [{ target: 80 }] } })
    expect(made.leftovers).toMatchObject([{ kind: 'alive', nodes: [{ name: first }] }, { kind: 'cordoned', nodes: [{ name: second, isCordoned: true, pods: 2 }], commands: [`kubectl uncordon ${second}`] }])
    const metAtItsEnd = runDocumentOf({ ...record, changes: stamp(diffMigration(emptyRun, ending), 0, 2000) }, false)
    expect(metAtItsEnd.nodes.map(({ startedAt, endedAt }) => [startedAt, endedAt]), 'nobody saw when').toEqual([[null, null], [null, null]])
    expect(made.nodes.map(({ name, outcome, endedAt }) => [name, outcome, endedAt])).toEqual([
      [first, 'moved', '1970-01-01T00:00:02.000Z'],
      [second, 'skipped', '1970-01-01T00:00:02.000Z'],
    ])
  })

  test('gives a time that fell into a gap as the span that it is, of nodes and of batches', () => {
    const gap: NewRunChange = { kind: 'gap', body: { fromMs: 1000, reason: 'Nobody watched.' } }
    const made = runDocumentOf({ ...record, changes: [...begun, ...stamp([gap, ...seen], begun.length, 9000)] as RunChange[] }, false)
    const [atEarliest, atLatest] = ['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:09.000Z']
    expect(runDocumentOf(record, false).batches, 'exact where somebody watched').toMatchObject([{ startedAfter: null, endedAfter: null }])
    expect(made.batches).toMatchObject([{ startedAfter: atEarliest, startedAt: atLatest, endedAfter: atEarliest, endedAt: atLatest }])
    expect(nodesCsv(made).split('\r\n')[1]).toMatch(new RegExp(`,${atLatest},${atLatest},.*,${atEarliest},${atEarliest},true$`))
  })

  test('tells a node that was not begun from one whose batch nobody saw, and both from one of which nobody knows', () => {
    const nodes = [{ name: first, status: 'REPLACED' }, { name: second, status: 'DID_NOT_REPLACE' }, { name: 'waits', status: 'TO_BE_REPLACED' }, { name: 'left', status: 'DID_NOT_REPLACE' }]
    const waiting = stamp(diffMigration(emptyRun, makeMigration({ batch: 2, batches: 3, nodes: [{ name: 'left', status: 'TO_BE_REPLACED' }] })), 0, 1000)
    const stopped = stamp(diffMigration(foldRun(waiting), makeMigration({ status: 'STOPPED', batch: 2, batches: 3, nodes })), waiting.length, 2000)
    const made = runDocumentOf({ ...record, changes: [...waiting, ...stopped] }, false)
    expect(made.nodes.map(({ name, batch, wasBegun }) => [name, batch, wasBegun])).toEqual([['left', null, false], [first, null, true], [second, null, null], ['waits', null, null]])
    const metAtItsEnd = runDocumentOf({ ...record, changes: stamp(diffMigration(emptyRun, ending), 0, 2000) }, false)
    expect(metAtItsEnd.batches, 'a batch that was over when the run was first read').toMatchObject([{ batch: 1, startedAt: null, endedAt: null }])
  })

  test('gives no beginning to what was under way when the run was first read, and the end that was seen', () => {
    const moving = makeMigration({ batch: 1, batches: 1, nodes: [{ name: first, status: 'IN_PROGRESS' }, { name: second, status: 'TO_BE_REPLACED' }] })
    const met = stamp(diffMigration(emptyRun, moving), 0, 1000)
    const made = runDocumentOf({ ...record, changes: [...met, ...stamp(diffMigration(foldRun(met), ending), met.length, 9000)] }, false)
    const atEnd = '1970-01-01T00:00:09.000Z'
    expect(made.nodes.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([[null, atEnd], [atEnd, atEnd]])
    expect(made.batches).toMatchObject([{ startedAt: null, endedAt: atEnd }])
  })

  test('without names holds none of them, and the same name has one stand-in everywhere', () => {
    const text = JSON.stringify(runDocumentOf(redactRecord(record), true))
    for (const name of [first, second, 'npweb', 'o-demo0001', 'Grace Hopper', 'secret plan', 'vng-77', 'omnp77', 'web group', 'checkout', 'lone-wolf']) expect(text).not.toContain(name)
    const made = runDocumentOf(redactRecord(record), true)
    expect(made.log[0]?.message).toBe(`Node ${made.nodes[0]?.name} of pool ${made.nodes[0]?.pool} failed for a budget.`)
    expect(made.run.startedBy).toBe(made.stopAsked?.by)
    expect(redactRecord(record).run.nodePoolNames).toEqual([made.nodes[0]?.pool])
    expect(made.outcome).toEqual(runDocumentOf(record, false).outcome)
    expect(made.predicted?.order, 'nodes are the same in what was foreseen').toEqual([made.nodes[1]?.name, made.nodes[0]?.name])
  })

  test('without names finds namespaces and plain names of workloads in texts, as words of their own and not within others', () => {
    const said = 'Pod shop/checkout-5f7 of checkout waits in namespace shop: workshop and checkouts stay, and so does default.'
    const looked = noted.flatMap((change) => (change.kind === 'landing' && change.body.pods.state === 'read' ? [{ ...change, body: { ...change.body, pods: { ...change.body.pods, workloads: ['shop/Deployment/checkout', 'default/Deployment/cart'] } } }] : []))
    const heard = [{ kind: 'log', body: { loggedAtMs: 1000, severity: 'INFO', message: said } }, ...looked] as NewRunChange[]
    const made = runDocumentOf(redactRecord({ ...record, changes: [...begun, ...stamp(heard, begun.length, 2000)] }), true)
    expect(made.log[0]?.message).toBe('Pod namespace-001/workload-001-5f7 of workload-001 waits in namespace namespace-001: workshop and checkouts stay, and so does default.')
  })

  test('without names leaves out why pods wait and why Kubernetes could not be read, whose words may hold any name', () => {
    const look = (pods: LandedPods) => noted.flatMap((change) => (change.kind === 'landing' ? [{ ...change, body: { ...change.body, pods } }] : [])) as NewRunChange[]
    const [read] = noted.flatMap((change) => (change.kind === 'landing' && change.body.pods.state === 'read' ? [change.body.pods] : []))
    const without = (pods: LandedPods) => redactRecord({ ...record, changes: [...begun, ...stamp(look(pods), begun.length, 2000)] })
    expect(JSON.stringify(without({ state: 'failed', sentence: 'The kubeconfig has no usable context prod-weu.' }))).not.toContain('prod-weu')
    const reasons = [{ reason: 'untolerated taint {team: payments}', pods: 2 }, { reason: 'persistentvolumeclaim "ledger" not found', pods: 1 }]
    const made = without({ ...(read as NonNullable<typeof read>), pending: 3, reasons })
    expect(JSON.stringify(made)).not.toMatch(/payments|ledger/)
    expect(runDocumentOf(made, true).landing?.looks[0]?.pods).toMatchObject({ pending: 3, reasons: [{ pods: 3 }] })
  })
})

describe('CSV', () => {
  test.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@a', "'@a"],
    ['\tx', "'\tx"],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['plain', 'plain'],
    [null, ''],
    [-4, '-4'],
  ])('%j becomes %j', (value, cell) => expect(csvCell(value)).toBe(cell))

  test('has a header and a line for every node', () => {
    const lines = nodesCsv(runDocumentOf(record, false)).split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe('name,pool,batch,status,outcome,startedAt,endedAt,podsLeft,vngId,vngName,startedAfter,endedAfter,wasBegun')
    expect(lines[2]).toContain('NOT_REPLACED_DUE_TO_PDB,skipped')
  })
})
