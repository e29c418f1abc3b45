import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverOf, type LabelSet } from '@/lib/domain/matching/cover'

const canShare = (sets: readonly LabelSet[]) => {
  const union: Record<string, string> = Object.assign({}, ...sets)
  return sets.every((set) => Object.entries(set).every(([key, value]) => union[key] === value))
}

/** The fewest groups by trying every way to part the sets: slow, and beyond doubt. */
const fewest = (sets: readonly LabelSet[]): number => {
  const place = (index: number, classes: LabelSet[][]): number => {
    const set = sets[index]
    if (set === undefined) return classes.length
    const joined = classes.flatMap((members, at) => (canShare([...members, set]) ? [place(index + 1, classes.map((other, position) => (position === at ? [...other, set] : other)))] : []))
    return Math.min(place(index + 1, [...classes, [set]]), ...joined)
  }
  return place(0, [])
}

const labelSet = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3')), { selector: ([key]) => key, maxLength: 4 })
  .map((pairs): LabelSet => Object.fromEntries(pairs))

const isCover = (sets: readonly LabelSet[], classes: number[][]) => {
  expect(classes.flat().sort((a, b) => a - b)).toEqual(sets.map((_, index) => index))
  for (const members of classes) expect(canShare(members.map((index) => sets[index] as LabelSet))).toBe(true)
}

describe('covering sets of labels', () => {
  it.each<[string, LabelSet[], number]>([
    ['nothing', [], 0],
    ['one', [{ a: '1' }], 1],
    ['sets without a common key', [{ a: '1' }, { b: '1' }, { c: '1' }], 1],
    ['values that differ', [{ a: '1' }, { a: '2' }], 2],
    ['a set within another', [{ a: '1', b: '1' }, { a: '1' }, { a: '2' }], 2],
    // First fit in the order given would need three.
    ['a chain of conflicts', [{ a: '1' }, { b: '1' }, { a: '2', c: '1' }, { b: '2', c: '2' }], 2],
  ])('%s', (_, sets, count) => {
    const { classes, atLeast } = coverOf(sets)
    isCover(sets, classes)
    expect([classes.length, atLeast]).toEqual([count, count])
  })

  it('is smallest: no other way to part small lists needs fewer', () => {
    fc.assert(
      fc.property(fc.array(labelSet, { maxLength: 7 }), (sets) => {
        const { classes, atLeast } = coverOf(sets)
        isCover(sets, classes)
        expect(classes.length).toBe(fewest(sets))
        expect(atLeast).toBe(classes.length)
      }),
      { numRuns: 300 },
    )
  })

  it('covers long lists and says how small it could be at best', () => {
    const wide = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 1, max: 6 }).map(String)), { selector: ([key]) => key, minLength: 3 })
    fc.assert(
      fc.property(fc.array(wide.map((pairs): LabelSet => Object.fromEntries(pairs)), { minLength: 20, maxLength: 60 }), (sets) => {
        const { classes, atLeast } = coverOf(sets)
        isCover(sets, classes)
        expect(atLeast).toBeLessThanOrEqual(classes.length)
        expect(atLeast).toBeGreaterThan(0)
      }),
      { numRuns: 50 },
    )
  })
})
