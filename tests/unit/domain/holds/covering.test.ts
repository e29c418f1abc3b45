import { expect, test } from 'vitest'
import { createHoldFinder, holdReasonOf, type HoldFacts } from '@/lib/domain/holds/covering'

const hold = (over: Partial<HoldFacts> = {}): HoldFacts => ({ kind: 'node', name: 'a', reason: 'kernel upgrade', heldBy: 'Ada', endsAtMs: null, ...over })
const ofPool = hold({ kind: 'pool', name: 'npweb', reason: 'index rebuild', heldBy: 'Bob', endsAtMs: Date.UTC(2026, 10, 23, 14, 2, 7) })

test('a node is held by its own hold and by that of its pool, never by what only shares a name', () => {
  const holdsOf = createHoldFinder([ofPool, hold(), hold({ name: 'npweb' }), hold({ kind: 'pool', name: 'a' })])
  expect(holdsOf({ nodeName: 'a', poolName: 'npapi' })).toEqual([hold()])
  expect(holdsOf({ nodeName: 'b', poolName: 'npweb' })).toEqual([ofPool])
  expect(holdsOf({ nodeName: 'a', poolName: 'npweb' })).toEqual([hold(), ofPool])
  expect(holdsOf({ nodeName: 'b', poolName: 'npapi' })).toEqual([])
})

test('the reason says why, who and until when', () => {
  expect(holdReasonOf([])).toBeUndefined()
  expect(holdReasonOf([hold()])).toBe('“kernel upgrade”, by Ada, until released')
  expect(holdReasonOf([ofPool])).toBe('“index rebuild”, by Bob for pool npweb, until 23 Nov 2026, 14:02:07 UTC')
  expect(holdReasonOf([hold(), ofPool])).toBe('“kernel upgrade”, by Ada, until released; and “index rebuild”, by Bob for pool npweb, until 23 Nov 2026, 14:02:07 UTC')
})

test('characters that would reorder a row are shown as what they are', () => {
  expect(holdReasonOf([hold({ reason: 'a\u202eb', heldBy: 'Ada\u200b' })])).toBe('“a[U+202E]b”, by Ada[U+200B], until released')
})
