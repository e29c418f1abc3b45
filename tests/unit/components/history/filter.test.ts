import { describe, expect, it } from 'vitest'
import { filterRuns, statusCounts } from '@/components/history/filter'
import type { RunSummary } from '@/lib/contract/run'
import { noCounts } from '@/lib/domain/progress/state'

const run = (migrationId: string, rest: Partial<RunSummary>): RunSummary => ({
  migrationId, clusterId: 'o-1', status: 'COMPLETED', comment: '', startedBy: null, source: 'slipway', startedAtMs: 1_000, endedAtMs: null, currentBatch: null, numOfBatches: null, counts: noCounts(), ...rest,
})
const runs = [run('scr-1', { comment: 'web tier', startedBy: 'ops-1' }), run('scr-2', { status: 'STOPPED', startedAtMs: 10 }), run('scr-3', { status: 'NEW_WORD', startedAtMs: null })]
const all = { search: '', status: [], sinceMs: null }
const ids = (list: readonly RunSummary[]) => list.map(({ migrationId }) => migrationId)

describe('the filters of the runs list', () => {
  it('searches id, comment, person and pools, all words required', () => {
    expect(ids(filterRuns([...runs, run('scr-4', { nodePoolNames: ['npdata', 'npweb'] })], { ...all, search: 'npweb' }))).toEqual(['scr-4'])
    expect(ids(filterRuns(runs, { ...all, search: 'OPS-1 web' }))).toEqual(['scr-1'])
    expect(filterRuns(runs, { ...all, search: 'ops-1 gpu' })).toEqual([])
  })
  it('keeps statuses outside the vendor’s list within reach', () => {
    expect(ids(filterRuns(runs, { ...all, status: ['OTHER'] }))).toEqual(['scr-3'])
  })
  it('never hides a run whose start is not known by its date', () => {
    expect(ids(filterRuns(runs, { ...all, sinceMs: 500 }))).toEqual(['scr-1', 'scr-3'])
  })
  it('counts each status under the other filters, not under its own', () => {
    expect(statusCounts(runs, { ...all, status: ['STOPPED'], sinceMs: 500 })).toMatchObject({ COMPLETED: 1, STOPPED: 0, OTHER: 1 })
  })
})
