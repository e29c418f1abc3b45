import { expect, test } from 'vitest'
import { groupHolds } from '@/components/nodes/holds/group-holds'
import { endOf, formAsLeft, keptPart, momentText, readHoldForm, targetsOf, targetWords, type HoldForm } from '@/components/nodes/holds/hold-form'
import type { Hold } from '@/lib/contract/holds'

const node = (nodeName: string, poolName: string, canBeChosen = true) => ({ nodeName, poolName, canBeChosen })
const nowMs = Date.UTC(2026, 10, 23, 14)
const hourMs = 3_600_000

test('whole pools are offered only when no node of theirs that can be chosen was left out', () => {
  const all = [node('a', 'npweb'), node('b', 'npweb'), node('c', 'npapi'), node('d', 'npapi', false)]
  const asNodes = (...names: string[]) => ({ kind: 'node', names })
  expect(targetsOf([all[0]!], all)).toEqual([asNodes('a')])
  expect(targetsOf([all[0]!, all[1]!], all)).toEqual([asNodes('a', 'b'), { kind: 'pool', names: ['npweb'] }])
  expect(targetsOf([all[0]!, all[1]!, all[2]!], all)).toEqual([asNodes('a', 'b', 'c'), { kind: 'pool', names: ['npweb', 'npapi'] }])
  expect(targetsOf([all[0]!, all[2]!], all)).toEqual([asNodes('a', 'c')])
  const [loose] = [node('e', '')]
  expect(targetsOf([loose!], [loose!]), 'a node without a pool').toEqual([asNodes('e')])
})

test('what is held is named while it is short, counted when it is not', () => {
  expect(targetWords({ kind: 'node', names: ['a'] })).toBe('a')
  expect(targetWords({ kind: 'node', names: ['a', 'b'] })).toBe('2 nodes')
  expect(targetWords({ kind: 'pool', names: ['npweb'] })).toBe('pool npweb')
  expect(targetWords({ kind: 'pool', names: ['npweb', 'npapi'] })).toBe('pools npweb and npapi')
  expect(targetWords({ kind: 'pool', names: ['a', 'b', 'c', 'd'] })).toBe('4 pools')
})

const form = (over: Partial<HoldForm> = {}): HoldForm => ({ target: { kind: 'node', names: ['a'] }, reason: ' kernel upgrade ', end: 'released', moment: '', ...over })

test('an end is counted from the moment at which the hold is placed', () => {
  expect(endOf(form(), nowMs)).toBeNull()
  expect(endOf(form({ end: 'hour' }), nowMs)).toBe(nowMs + hourMs)
  expect(endOf(form({ end: 'day' }), nowMs)).toBe(nowMs + 24 * hourMs)
  expect(endOf(form({ end: 'moment' }), nowMs)).toBeUndefined()
  expect(endOf(form({ end: 'moment', moment: momentText(nowMs + hourMs) }), nowMs)).toBe(nowMs + hourMs)
})

test('a moment is written in the reader’s own time', () => {
  expect(momentText(nowMs, 0)).toBe('2026-11-23T14:00')
  expect(momentText(nowMs, -60)).toBe('2026-11-23T15:00')
  expect(momentText(nowMs, 15 * 60)).toBe('2026-11-22T23:00')
})

test('a form gives what is sent, or a sentence for each fault', () => {
  expect(readHoldForm(form({ end: 'hour' }), nowMs)).toEqual({ request: { kind: 'node', names: ['a'], reason: 'kernel upgrade', endsAtMs: nowMs + hourMs }, faults: null })
  expect(readHoldForm(form({ reason: ' ', end: 'moment' }), nowMs).faults).toEqual({ reason: 'Write why it is held.', end: 'Choose day and time.' })
  expect(readHoldForm(form({ reason: 'x'.repeat(201), end: 'moment', moment: momentText(nowMs - hourMs) }), nowMs).faults).toEqual({ reason: 'A reason is at most 200 characters long.', end: 'The end lies in the past.' })
  expect(readHoldForm(form({ target: { kind: 'node', names: Array.from({ length: 5_001 }, String) } }), nowMs).faults).toEqual({ target: 'At most 5,000 are held at once.' })
})

test('what was held in one deed stands together, the newest first', () => {
  const hold = (over: Partial<Hold>): Hold => ({ holdId: `id ${over.name}`, kind: 'node', name: 'a', reason: 'kernel upgrade', heldBy: 'Ada', createdAtMs: 1, endsAtMs: null, ...over })
  const holds = [hold({ kind: 'pool', name: 'p' }), hold({ name: 'a' }), hold({ name: 'b', createdAtMs: 2 }), hold({ name: 'c' })]
  expect(groupHolds(holds).map(({ kind, names, holdIds }) => ({ kind, names, holdIds }))).toEqual([
    { kind: 'node', names: ['b'], holdIds: ['id b'] },
    { kind: 'pool', names: ['p'], holdIds: ['id p'] },
    { kind: 'node', names: ['a', 'c'], holdIds: ['id a', 'id c'] },
  ])
})

test('a form is given back as it was left, on what is chosen now; what is no such form is not', () => {
  const pools = [{ kind: 'node' as const, names: ['b'] }, { kind: 'pool' as const, names: ['np'] }]
  const left: unknown = JSON.parse(JSON.stringify(keptPart(form({ target: { kind: 'pool', names: ['old'] }, reason: 'half of a', end: 'hour' }))))
  expect(formAsLeft(form(), pools, left)).toEqual({ target: pools[1], reason: 'half of a', end: 'hour', moment: '' })
  for (const other of [null, 'text', {}, { reason: 'x', end: 'never', moment: '' }]) expect(formAsLeft(form(), pools, other)).toEqual(form())
})
