import { expect, test } from 'vitest'
import { leftoversOf } from '@/lib/domain/outcome/leftovers'
import { diffMigration } from '@/lib/domain/progress/diff'
import { applyChanges, emptyRun, type RunState } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

const after = (...readings: ReturnType<typeof makeMigration>[]): RunState =>
  readings.reduce((state, reading, index) => applyChanges(state, stamp(diffMigration(state, reading), state.seq, index * 1_000)), emptyRun)

const running = makeMigration({ nodes: ['moved', 'tried', 'failed'].map((name) => ({ name, status: 'IN_PROGRESS' })).concat({ name: 'waiting', status: 'TO_BE_REPLACED' }) })
const stopped = makeMigration({
  status: 'STOPPED',
  nodes: [
    { name: 'moved', status: 'REPLACED' },
    { name: 'tried', status: 'DID_NOT_REPLACE' },
    { name: 'failed', status: 'COULD_NOT_BE_REPLACED' },
    { name: 'waiting', status: 'DID_NOT_REPLACE' },
  ],
})
const found = (state: RunState, terminates: boolean | null) => Object.fromEntries(leftoversOf(state, terminates).map(({ id, nodeNames }) => [id, nodeNames]))

test('a node that was begun and given up is told apart from one that was never tried', () => {
  expect(found(after(running, stopped), true)).toEqual({ 'half-drained': ['tried'], cordoned: ['failed'] })
})

test('moved nodes are left over only when the run was told not to terminate them', () => {
  expect(found(after(running, stopped), false)).toMatchObject({ alive: ['moved'] })
  expect(found(after(running, stopped), null)).not.toHaveProperty('alive')
})

test('a run that is still on has left nothing yet', () => {
  expect(leftoversOf(after(running), false)).toEqual([])
})
