import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunChange } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import { goesBack } from '@/lib/domain/progress/diff-run'
import { processedPercent } from '@/lib/domain/outcome/counts'
import { applyChanges, countsOf, emptyRun, foldRun, isRunOver } from '@/lib/domain/progress/state'
import type { Migration } from '@/lib/spot/schemas/migration'
import { makeMigration, stamp } from '@/tests/factories/migration'

const record = (samples: Migration[]): RunChange[] => {
  let state = emptyRun
  let wasBack = false
  const all: RunChange[] = []
  samples.forEach((sample, index) => {
    const isBack = goesBack(state, sample)
    const changes = stamp(diffMigration(state, sample, isBack && wasBack), state.seq, index * 1000)
    wasBack = isBack
    all.push(...changes)
    state = applyChanges(state, changes)
  })
  return all
}

describe('a record of changes', () => {
  test('the same reading twice adds nothing', () => {
    const sample = makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }], scale: [{ pool: 'omnp1', status: 'SCALING' }] })
    const state = foldRun(record([sample]))
    expect(diffMigration(state, sample)).toEqual([])
  })

  test('the batch of a node is the one under which it was first seen out of waiting, and stays', () => {
    const changes = record([
      makeMigration({ batch: 1, nodes: [{ name: 'a', status: 'IN_PROGRESS' }, { name: 'b', status: 'TO_BE_REPLACED' }] }),
      makeMigration({ batch: 2, nodes: [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'IN_PROGRESS' }] }),
      makeMigration({ batch: 2, status: 'STOPPED', nodes: [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'DID_NOT_REPLACE' }] }),
    ])
    const state = foldRun(changes)
    expect(state.nodes.get('a')).toMatchObject({ batch: 1, startedAtMs: 0, endedAtMs: 1000 })
    expect(state.nodes.get('b')).toMatchObject({ batch: 2, startedAtMs: 1000, endedAtMs: 2000 })
  })

  test('a node that was settled while batches went by has no batch that anyone knows', () => {
    const nodes = (a: string, b: string, c: string) => [{ name: 'a', status: a }, { name: 'b', status: b }, { name: 'c', status: c }]
    const state = foldRun(
      record([
        makeMigration({ batch: 1, nodes: nodes('TO_BE_REPLACED', 'TO_BE_REPLACED', 'TO_BE_REPLACED') }),
        makeMigration({ batch: 1, nodes: nodes('REPLACED', 'TO_BE_REPLACED', 'TO_BE_REPLACED') }),
        makeMigration({ batch: 3, nodes: nodes('REPLACED', 'REPLACED', 'IN_PROGRESS') }),
        makeMigration({ batch: 3, nodes: nodes('REPLACED', 'REPLACED', 'REPLACED') }),
      ]),
    )
    expect([...state.nodes.values()].map(({ nodeName, batch }) => [nodeName, batch])).toEqual([['a', 1], ['b', null], ['c', 3]])
  })

  test('of a run that is met when it is well on, what was settled before has no batch, and its times are called the latest possible', () => {
    // The list of runs tells the batch and no nodes.
    const state = foldRun(record([makeMigration({ batch: 3, nodes: [] }), makeMigration({ batch: 3, nodes: [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'IN_PROGRESS' }] }), makeMigration({ batch: 3, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'IN_PROGRESS' }] })]))
    expect(state.nodes.get('a')).toMatchObject({ batch: null, wasSettledAtFirst: true })
    expect(state.nodes.get('b')).toMatchObject({ batch: 3, wasSettledAtFirst: false })
  })

  test('what happened in a gap is known to lie between its ends, and what was seen otherwise is exact', () => {
    const nodes = (a: string, b: string) => [{ name: 'a', status: a }, { name: 'b', status: b }]
    const before = record([makeMigration({ nodes: nodes('IN_PROGRESS', 'TO_BE_REPLACED') })])
    const state = foldRun(before)
    const gap: RunChange = { seq: state.seq + 1, atMs: 90_000, kind: 'gap', body: { fromMs: 1_000, reason: 'Nobody was signed in.' } }
    const after = stamp(diffMigration(state, makeMigration({ nodes: nodes('REPLACED', 'IN_PROGRESS') })), gap.seq, 90_000)
    const later = applyChanges(state, [gap, ...after])
    const last = applyChanges(later, stamp(diffMigration(later, makeMigration({ nodes: nodes('REPLACED', 'REPLACED') })), later.seq, 95_000))
    expect(last.nodes.get('a')).toMatchObject({ startedAtMs: 0, endedAtMs: 90_000, endedAfterMs: 1_000 })
    expect(last.nodes.get('a')).not.toHaveProperty('startedAfterMs')
    expect(last.nodes.get('b')).toMatchObject({ startedAtMs: 90_000, startedAfterMs: 1_000, endedAtMs: 95_000 })
    expect(last.nodes.get('b')).not.toHaveProperty('endedAfterMs')
  })

  test('a node that was never tried has no batch and no start', () => {
    const state = foldRun(record([makeMigration({ nodes: [{ name: 'a', status: 'TO_BE_REPLACED' }] }), makeMigration({ status: 'STOPPED', nodes: [{ name: 'a', status: 'DID_NOT_REPLACE' }] })]))
    expect(state.nodes.get('a')).toMatchObject({ batch: null, startedAtMs: null, endedAtMs: 1000 })
  })

  test('a final node that moves again is noted once and not believed', () => {
    const done = makeMigration({ nodes: [{ name: 'a', status: 'REPLACED' }] })
    const again = makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }] })
    const state = foldRun(record([done, again, again]))
    expect(state.nodes.get('a')?.status).toBe('REPLACED')
    expect(state.anomalies).toHaveLength(1)
  })

  test('one outcome that is exchanged for another is noted and not believed', () => {
    const as = (status: string) => makeMigration({ nodes: [{ name: 'a', status }] })
    const state = foldRun(record([as('REPLACED'), as('COULD_NOT_BE_REPLACED'), as('replaced'), as('DRAINING')]))
    expect(state.nodes.get('a')?.status.toUpperCase()).toBe('REPLACED')
    expect(state.anomalies).toHaveLength(2)
  })

  test('nodes that a list leaves out are noted, each once, and kept', () => {
    const of = (...names: string[]) => makeMigration({ nodes: names.map((name) => ({ name, status: 'IN_PROGRESS' })) })
    const state = foldRun(record([of('a.b', 'c', 'd', 'e'), of('d', 'e'), of('d', 'e'), of('e'), of('e')]))
    expect([...state.nodes.keys()]).toEqual(['a.b', 'c', 'd', 'e'])
    expect(state.anomalies.map(({ sentence }) => sentence)).toEqual([
      'Spot left out nodes of the run: a.b, c. The record keeps them.',
      'Spot left out nodes of the run: d, 3 nodes in all. The record keeps them.',
    ])
  })

  test('of five hundred nodes that are left out a few are named', () => {
    const of = (count: number) => makeMigration({ nodes: Array.from({ length: count }, (_, index) => ({ name: `n${index}`, status: 'IN_PROGRESS' })) })
    const state = foldRun(record([of(501), of(1), of(1), of(2)]))
    expect(state.anomalies).toHaveLength(1)
    expect(state.anomalies[0]?.sentence.length).toBeLessThan(300)
  })

  test('new capacity that falls or is asked for again within a batch is noted and not believed; the next batch asks for more', () => {
    const at = (batch: number, status: string, newNodes: number) => makeMigration({ batch, nodes: [{ name: 'a', status: 'IN_PROGRESS' }], scale: [{ pool: 'omnp1', status, newNodes }] })
    const forward = [at(1, 'SCALING', 3), at(1, 'PARTIAL_SUCCESS', 2), at(2, 'SCALING', 4), at(2, 'COMPLETED', 4)]
    expect(foldRun(record(forward)).anomalies).toEqual([])
    const state = foldRun(record([...forward, at(2, 'SCALING', 4), at(2, 'COMPLETED', 3)]))
    expect(state.anomalies).toHaveLength(2)
    expect([...state.capacity.values()]).toMatchObject([{ status: 'COMPLETED', newNodes: 4 }])
  })

  test('an earlier batch and an empty list are noted and not believed', () => {
    const nodes = [{ name: 'a', status: 'REPLACED' }]
    const state = foldRun(record([makeMigration({ batch: 2, nodes }), makeMigration({ batch: 1, nodes }), makeMigration({ batch: 2, nodes: [] })]))
    expect(state.facts).toMatchObject({ status: 'IN_PROGRESS', currentBatch: 2 })
    expect(state.nodes.size).toBe(1)
    expect(state.anomalies).toHaveLength(2)
  })

  test('a word outside Spot’s list with an end is an end once two readings in a row say so', () => {
    const at = (status: string, stoppedAt: string | null) => ({ ...makeMigration({ status, nodes: [{ name: 'a', status: 'IN_PROGRESS' }] }), stoppedAt })
    const end = '2026-03-01T10:00:00Z'
    const isOverAfter = (...samples: Migration[]) => isRunOver(foldRun(record(samples)))
    const cancelled = at('CANCELLED', end)
    expect(isOverAfter(cancelled)).toBe(false)
    expect(isOverAfter(cancelled, cancelled)).toBe(true)
    expect(isOverAfter(cancelled, at('CANCELLED', null), cancelled)).toBe(false)
    expect(isOverAfter(at('CANCELLED', null), at('CANCELLED', null))).toBe(false)
    expect(isOverAfter(at('IN_PROGRESS', end), at('IN_PROGRESS', end)), 'a word that Spot explains').toBe(false)
    expect(isOverAfter(cancelled, cancelled, at('IN_PROGRESS', null)), 'and is on again like any other').toBe(false)
    expect(foldRun(record([cancelled, cancelled])).facts?.status).toBe('CANCELLED')
  })

  test('a run that was over and is on again goes on, and each false end is told with its time', () => {
    const nodes = [{ name: 'a', status: 'IN_PROGRESS' }]
    const on = makeMigration({ batch: 2, nodes })
    const over = { ...makeMigration({ batch: 2, status: 'COMPLETED', nodes }), progressPercentage: 100, completedAt: '2026-03-01T10:00:00Z' }
    const state = foldRun(record([on, over, on, over, on, makeMigration({ batch: 2, nodes: [{ name: 'a', status: 'REPLACED' }] })]))
    expect(state.facts).toEqual({ status: 'IN_PROGRESS', currentBatch: 2, numOfBatches: 2, progressPercentage: 0, completedAtMs: null, stoppedAtMs: null, erredAtMs: null })
    expect(state.anomalies.map(({ sentence }) => sentence)).toEqual(['00:00:01', '00:00:03'].map((time) => `Spot said by 1970-01-01T${time}.000Z that this run was over (completed), and now says that it is on. The record goes on.`))
    expect(state.nodes.get('a')?.status, 'and is believed again').toBe('REPLACED')
  })

  test('the end is believed also when it no longer says the batch, and what was known stays known', () => {
    const nodes = [{ name: 'a', status: 'REPLACED' }]
    const last = { ...makeMigration({ status: 'COMPLETED', nodes }), currentBatch: null, numOfBatches: null, progressPercentage: 100 }
    const state = foldRun(record([makeMigration({ batch: 3, batches: 3, nodes }), last]))
    expect(state.facts).toMatchObject({ status: 'COMPLETED', currentBatch: 3, numOfBatches: 3, progressPercentage: 100 })
    expect(state.anomalies).toEqual([])
  })

  test('progress that falls is noted once, and followed, with all that goes on, when a second reading in a row says so', () => {
    const at = (progressPercentage: number, pods = 9) => ({ ...makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS', pods }] }), progressPercentage })
    const after = (...samples: Migration[]) => foldRun(record(samples))
    expect(after(at(80), at(60)).facts?.progressPercentage).toBe(80)
    expect(after(at(80), at(60), at(80), at(60)).facts?.progressPercentage, 'not in a row').toBe(80)
    const fallen = after(at(80), at(60), at(61, 2), at(62, 1))
    expect(fallen.facts?.progressPercentage).toBe(62)
    expect(fallen.nodes.get('a')?.runningPods).toBe(1)
    expect(fallen.anomalies.map(({ sentence }) => sentence)).toEqual(['Spot went back from 80 % to 60 %. The record follows when the next reading says so too.'])
  })

  test('a reading from the past is one contradiction, not one for each of its nodes', () => {
    const reading = (batch: number, status: string) => makeMigration({ batch, nodes: Array.from({ length: 50 }, (_, index) => ({ name: `n${index}`, status })) })
    const state = foldRun(record([reading(2, 'REPLACED'), reading(1, 'IN_PROGRESS')]))
    expect(state.anomalies).toHaveLength(1)
    expect(countsOf(state).moved).toBe(50)
  })

  test('names that come twice, and a pool that grows by two groups, add nothing at the second reading', () => {
    const sample = makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }, { name: 'a', status: 'IN_PROGRESS', pods: 5 }] })
    const scale = ['vng-1', 'vng-2', 'vng-2'].map((vngId, index) => ({ nodePoolName: 'omnp1', vngId, vngName: null, newNodes: index, status: 'SCALING' }))
    const reading = { ...sample, scaleNodePools: scale }
    const state = foldRun(record([reading]))
    expect(state.capacity.size).toBe(2)
    expect(diffMigration(state, reading)).toEqual([])
  })

  test('who asked for a stop is part of the state', () => {
    const [run] = record([makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }] })])
    const asked: RunChange = { seq: 2, atMs: 5, kind: 'stop', body: { askedBy: 'Ada' } }
    expect(foldRun([run as RunChange, asked]).stopAsked).toEqual({ atMs: 5, askedBy: 'Ada', batch: 1 })
  })

  test('an unknown status is kept verbatim and counted as unknown', () => {
    const state = foldRun(record([makeMigration({ nodes: [{ name: 'a', status: 'HIBERNATED' }] })]))
    expect(state.nodes.get('a')?.status).toBe('HIBERNATED')
    expect(countsOf(state)).toMatchObject({ total: 1, unknown: 1, moved: 0 })
    expect(processedPercent(countsOf(state))).toBe(0)
  })

  test('changes that overlap are applied once', () => {
    const changes = record([makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }] }), makeMigration({ nodes: [{ name: 'a', status: 'REPLACED' }] })])
    const half = foldRun(changes.slice(0, 2))
    expect(applyChanges(half, changes)).toEqual(foldRun(changes))
  })

  test('the fold of all differences is the last reading, for any run that only goes forward', () => {
    const order = ['TO_BE_REPLACED', 'IN_PROGRESS', 'REPLACED']
    const steps = fc.array(fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(steps, (readings) => {
        const levels = [0, 0, 0, 0, 0]
        const samples = readings.map((reading, batch) => {
          reading.forEach((level, index) => (levels[index] = Math.max(levels[index] ?? 0, level)))
          return makeMigration({ batch, batches: 9, nodes: levels.map((level, index) => ({ name: `n${index}`, status: order[level] as string })) })
        })
        const state = foldRun(record(samples))
        const last = samples.at(-1) as Migration
        for (const node of last.oldNodes) expect(state.nodes.get(node.nodeName)?.status).toBe(node.status)
        expect(state.facts?.currentBatch).toBe(last.currentBatch)
        expect(state.anomalies).toEqual([])
      }),
    )
  })
})

describe('processed percent', () => {
  const counts = { total: 0, moved: 0, moving: 0, toGo: 0, skipped: 0, failed: 0, untouched: 0, unknown: 0 }
  test.each([
    [{ ...counts, total: 23, moved: 5, moving: 5, toGo: 13 }, 22],
    [{ ...counts, total: 1000, moved: 999, toGo: 1 }, 99],
    [{ ...counts, total: 300, moved: 1, moving: 4, toGo: 295 }, 1],
    [{ ...counts, total: 3, moved: 1, skipped: 1, failed: 1 }, 100],
    [{ ...counts, total: 2, moved: 1, unknown: 1 }, 50],
    [counts, null],
  ])('%o is %s', (value, percent) => expect(processedPercent(value)).toBe(percent))
})
