import { describe, expect, test } from 'vitest'
import { nodeStatuses, type NodeStatus } from '@/lib/domain/run-rules'
import { movedLineOf } from '@/lib/rehearsal/moved-line'
import { quantile } from '@/lib/domain/forecast/quantile'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'
import { summarise, typicalRun } from '@/lib/rehearsal/summary'

const place = (status: NodeStatus) => nodeStatuses.indexOf(status)

const run = (seed: number, change: Partial<RehearsedRun> = {}): RehearsedRun => ({
  seed,
  reading: 'M1',
  status: 'COMPLETED',
  durationMs: seed * 60_000,
  batches: 1,
  cause: null,
  outcomes: [place('REPLACED')],
  reasons: [],
  changes: [],
  levels: [],
  batchStarts: [],
  stranded: [],
  missing: [],
  ...change,
})

test.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2], 0.5, 1.5],
  [[5], 0.9, 5],
  [[1, 2, 3, 4, 5], 0, 1],
  [[1, 2, 3, 4, 5], 1, 5],
  [[], 0.5, Number.NaN],
])('the quantile of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toEqual(expected)
})

describe('several rehearsals together', () => {
  test('a node is told by what happened to it most often, with each reason and how often it was given', () => {
    const skipped = { outcomes: [place('NOT_REPLACED_DUE_TO_PDB')], reasons: [[0, 'Budget a.']] as [number, string][] }
    const { nodes } = summarise(['node-a'], [run(1, skipped), run(2), run(3, { ...skipped, reasons: [[0, 'Budget b.']] }), run(4, skipped)])
    expect(nodes).toEqual([{ nodeName: 'node-a', status: 'NOT_REPLACED_DUE_TO_PDB', runs: 3, reasons: [{ reason: 'Budget a.', runs: 2 }, { reason: 'Budget b.', runs: 1 }] }])
  })

  test('of two equally frequent outcomes it is not told that the node moves', () => {
    const failed = { outcomes: [place('COULD_NOT_BE_REPLACED')] }
    expect(summarise(['node-a'], [run(1), run(2, failed)]).nodes[0]?.status).toBe('COULD_NOT_BE_REPLACED')
    expect(summarise(['node-a'], [run(1, failed), run(2)]).nodes[0]?.status).toBe('COULD_NOT_BE_REPLACED')
  })

  test('a reason that was heard of a node that moved after all is not told', () => {
    expect(summarise(['node-a'], [run(1, { reasons: [[0, 'No group.']] })]).nodes[0]?.reasons).toEqual([])
  })

  test('a node that the run did not come to has the run’s own cause', () => {
    const { nodes, statuses } = summarise(['node-a'], [run(1, { status: 'FAILED', cause: 'It broke.', outcomes: [place('DID_NOT_REPLACE')] })])
    expect(nodes[0]?.reasons).toEqual([{ reason: 'It broke.', runs: 1 }])
    expect(statuses).toEqual([{ status: 'FAILED', runs: 1, causes: ['It broke.'] }])
  })

  test('durations, counts, pods and nodes that lack are medians of the rehearsals that had them', () => {
    const lacks = (nodes: number, pods: number) => ({ missing: [{ sentence: 'No room.', nodes }], stranded: [{ workload: 'shop/web', pods, reason: 'cpu', wasPending: false }] })
    const { durations, missing, stranded, counts } = summarise(['node-a'], [run(1, lacks(1, 4)), run(2, lacks(3, 6)), run(3)])
    expect(durations).toMatchObject({ minMs: 60_000, medianMs: 120_000, maxMs: 180_000, allMs: [60_000, 120_000, 180_000] })
    expect(missing).toEqual([{ sentence: 'No room.', runs: 2, nodes: 2 }])
    expect(stranded).toEqual([{ workload: 'shop/web', runs: 2, pods: 5, reason: 'cpu', wasPending: false }])
    expect(counts).toEqual({ moved: 1, skipped: 0, failed: 0, untouched: 0 })
  })

  test('the run that is shown in time is the one nearest to the median', () => {
    expect(typicalRun([run(1), run(9), run(5)])?.seed).toBe(5)
    expect(typicalRun([])).toBeNull()
  })
})

test('the line of moved nodes rises to what each run moved, and stays there', () => {
  const moves = (...minutes: number[]): RehearsedRun['changes'] => minutes.map((minute, index) => [minute * 60_000, index, place('REPLACED')])
  const line = movedLineOf([run(10, { changes: moves(1, 2, 3) }), run(20, { changes: moves(10) }), run(20, { changes: moves(5, 15) })])
  expect(line.timesMs).toHaveLength(61)
  expect(line.timesMs.at(-1)).toBe(20 * 60_000)
  expect([line.median[0], line.median.at(-1)]).toEqual([0, 2])
  expect(line.low.at(-1)).toBeCloseTo(1.2)
  expect(line.high.at(-1)).toBeCloseTo(2.8)
  for (const values of [line.median, line.low, line.high]) expect(values).toEqual(values.toSorted((a, b) => a - b))
})
