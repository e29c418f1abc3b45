import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkStateOf, rangeBetween, setAll, toggleAll, toggleRange } from '@/components/table/selection'

const order = ['a', 'b', 'c', 'd', 'e']

describe('the box of several rows', () => {
  it('tells all, some and none apart', () => {
    expect(checkStateOf(['a', 'b'], new Set(['a', 'b', 'z']))).toBe('all')
    expect(checkStateOf(['a', 'b'], new Set(['b']))).toBe('some')
    expect(checkStateOf(['a', 'b'], new Set(['z']))).toBe('none')
  })

  it('is not ticked when it stands for no row', () => {
    expect(checkStateOf([], new Set(['a']))).toBe('none')
  })

  it('completes a partial choice before it clears it', () => {
    const some = new Set(['a', 'z'])
    const all = toggleAll(some, ['a', 'b'])
    expect([...all]).toEqual(['a', 'z', 'b'])
    expect([...toggleAll(all, ['a', 'b'])]).toEqual(['z'])
  })
})

describe('a range', () => {
  it('works in both directions and includes both ends', () => {
    expect(rangeBetween(order, 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(rangeBetween(order, 'd', 'b')).toEqual(['b', 'c', 'd'])
  })

  it('is the row alone when the row clicked before is filtered away', () => {
    expect(rangeBetween(order, 'gone', 'c')).toEqual(['c'])
    expect(rangeBetween(order, null, 'c')).toEqual(['c'])
  })

  it('gives every row in it the state that the clicked row gets', () => {
    expect([...toggleRange(new Set(['b']), order, 'b', 'd')]).toEqual(['b', 'c', 'd'])
    expect([...toggleRange(new Set(['b', 'c', 'd']), order, 'b', 'd')]).toEqual([])
  })
})

describe('any selection', () => {
  const ids = fc.subarray(order)

  it('never loses or gains a row outside the ones acted on', () => {
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (chosen, acted, isOn) => {
        const next = setAll(new Set(chosen), acted, isOn)
        for (const id of order) if (!acted.includes(id)) expect(next.has(id)).toBe(chosen.includes(id))
        for (const id of acted) expect(next.has(id)).toBe(isOn)
      }),
    )
  })

  it('leaves the set it was given alone', () => {
    const before = new Set(['a'])
    toggleAll(before, order)
    expect([...before]).toEqual(['a'])
  })
})
