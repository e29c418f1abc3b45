import { describe, expect, test } from 'vitest'
import { figuresOf } from '@/components/run/facts'
import { viewAt } from '@/components/run/replay/view-at'
import { emptyView } from '@/components/run/run-feed'
import { diffMigration } from '@/lib/domain/progress/diff'
import { createKnownBy } from '@/lib/domain/progress/replay'
import { foldRun } from '@/lib/domain/progress/state'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import type { RunRecord } from '@/lib/contract/run'
import { makeMigration, stamp } from '@/tests/factories/migration'

const minute = 60_000
const reading = (changes: readonly RunChange[], status: string, node: string) => diffMigration(foldRun(changes), makeMigration({ status, batches: 1, nodes: [{ name: 'a', status: node }] }))

/** The controller is heard before the first reading; then a stop is asked for, and the run ends. */
const changes = [
  (): NewRunChange[] => [{ kind: 'heartbeat', body: { state: 'reporting', status: 'ACTIVE', lastHeartbeatMs: 0 } }],
  (before: RunChange[]) => reading(before, 'IN_PROGRESS', 'IN_PROGRESS'),
  (): NewRunChange[] => [{ kind: 'stop', body: { askedBy: 'ops-1' } }],
  (before: RunChange[]): NewRunChange[] => [{ kind: 'gap', body: { fromMs: 2 * minute, reason: 'Spot did not answer.' } }, ...reading(before, 'STOPPED', 'DID_NOT_REPLACE')],
].reduce<RunChange[]>((before, next, index) => [...before, ...stamp(next(before), before.length, index * minute)], [])

const record: RunRecord = {
  run: { migrationId: 'scr-0000abcd', clusterId: 'o-1', status: 'STOPPED', comment: '', startedBy: 'ops-1', source: 'slipway', startedAtMs: 0, endedAtMs: 3 * minute, currentBatch: 1, numOfBatches: 1 },
  options: { batchSizePercentage: 20, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true },
  changes,
  seq: changes.length,
  freshness: { state: 'ended', lastPolledAtMs: 3 * minute, nextPollAtMs: null, problem: null },
  serverNowMs: 3 * minute,
}
const view = { ...emptyView, record, changes, state: foldRun(changes) }

const shownAt = (atMs: number) => viewAt(view, createKnownBy(changes)(atMs))
const figuresAt = (atMs: number) => figuresOf(shownAt(atMs).record.run, shownAt(atMs).state)

describe('a moment of a replay', () => {
  test('tells of the end neither by its status nor by its time, also before the first reading', () => {
    for (const atMs of [0, minute, 2 * minute]) expect(figuresAt(atMs)).toMatchObject({ status: 'IN_PROGRESS', isOver: false, endedAtMs: null })
    expect(figuresAt(3 * minute)).toMatchObject({ status: 'STOPPED', isOver: true, endedAtMs: 3 * minute })
  })

  test('knows a stop from when it was asked for, and a gap only once it had ended', () => {
    const known = (atMs: number) => [shownAt(atMs).state.stopAsked?.askedBy ?? null, shownAt(atMs).state.gaps.length]
    expect([minute, 2 * minute, 3 * minute].map(known)).toEqual([[null, 0], ['ops-1', 0], ['ops-1', 1]])
  })
})
