import { describe, expect, test } from 'vitest'
import type { RehearsalBasis } from '@/components/wizard/rehearsal/basis'
import type { RehearsalMessage } from '@/components/wizard/rehearsal/messages'
import { isUnderWay, rehearsalReducer, shareDone, wantedSeeds, type RehearsalAction, type RehearsalState } from '@/components/wizard/rehearsal/rehearsal-state'
import { factsWith, rehearsalPlan, rehearsed } from '@/tests/factories/rehearsal'

const plan = rehearsalPlan(['node-a', 'node-b'])
const basis: RehearsalBasis = { nodesReadAtMs: 1, kubernetes: null, unsaidNodes: 0, uncountedNodes: 0, poolScaling: { state: 'absent' }, sizeGaps: [] }
const sample = rehearsed(factsWith())
const result = (seed: number): RehearsalMessage => ({ kind: 'result', run: { ...sample, seed } })
const heard = (...messages: RehearsalMessage[]): RehearsalAction => ({ kind: 'heard', messages })

const after = (...actions: RehearsalAction[]): RehearsalState => {
  const state = actions.reduce<RehearsalState | null>(rehearsalReducer, null)
  if (state === null) throw new Error('nothing was started')
  return state
}
const begun: RehearsalAction[] = [{ kind: 'start', plan }, { kind: 'read', basis }]

describe('a rehearsal', () => {
  test('is done with the last of its seeds, in whichever order they come', () => {
    const all = wantedSeeds.map(result).reverse()
    expect(after(...begun, heard(...all.slice(1)))).toMatchObject({ phase: 'running' })
    const state = after(...begun, heard(...all))
    expect(state.phase).toBe('done')
    expect(state.runs.map(({ seed }) => seed)).toEqual(wantedSeeds)
  })

  test('counts what is done and the parts of what has begun, each seed once', () => {
    const half = after(...begun, heard({ kind: 'progress', seed: 1, share: 0.2 }, { kind: 'progress', seed: 1, share: 0.5 }))
    expect(shareDone(half)).toBeCloseTo(0.5 / 15)
    expect(shareDone(after(...begun, heard({ kind: 'progress', seed: 1, share: 0.5 }, result(1))))).toBeCloseTo(1 / 15)
  })

  test('keeps what it has when it is cancelled, and hears nothing after', () => {
    const state = after(...begun, heard(result(1)), { kind: 'cancel' }, heard(result(2)), { kind: 'failed', sentence: 'late' })
    expect(state).toMatchObject({ phase: 'cancelled', sentence: null })
    expect(state.runs).toHaveLength(1)
    expect(isUnderWay(state)).toBe(false)
  })

  test('ends with the first refusal and the first failure', () => {
    for (const kind of ['refused', 'failed'] as const) {
      const state = after(...begun, heard({ kind, sentence: 'Because.' }, result(1)))
      expect(state).toMatchObject({ phase: kind, sentence: 'Because.', runs: [] })
    }
  })

  test('leaves the earlier one behind when it starts again', () => {
    const other = rehearsalPlan(['node-b'])
    expect(after(...begun, heard(result(1)), { kind: 'start', plan: other })).toMatchObject({ phase: 'reading', plan: other, runs: [], basis: null })
  })
})
