// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest'
import { forgetKept, keep, readKept } from '@/components/domain/kept'
import { keepSelection, keptSelection, tickedOf, type KeptSelection } from '@/components/domain/kept-selection'

const store = window.sessionStorage
beforeEach(() => store.clear())
const ticks = (...names: string[]): KeptSelection => ({ ticked: new Set(names), from: [] })

it('gives back what was ticked, for each cluster and plan by itself', () => {
  keepSelection(store, 'o-1', null, ticks('a', 'b'))
  keepSelection(store, 'o-1', 'draft', ticks('c'))
  expect(keptSelection(store, 'o-1', null)).toEqual(ticks('a', 'b'))
  expect(keptSelection(store, 'o-1', 'draft')).toEqual(ticks('c'))
  expect(keptSelection(store, 'o-2', null)).toBeNull()
})

it('tells nothing kept from nothing ticked', () => {
  keepSelection(store, 'o-1', null, ticks())
  expect(keptSelection(store, 'o-1', null)).toEqual(ticks())
  keepSelection(store, 'o-1', null, null)
  expect(keptSelection(store, 'o-1', null)).toBeNull()
})

it('counts for a plan only while the plan has the nodes that it was begun on', () => {
  keepSelection(store, 'o-1', 'draft', { ticked: new Set(['a', 'c']), from: ['a', 'b'] })
  const kept = keptSelection(store, 'o-1', 'draft')
  expect(tickedOf(kept, ['a', 'b'])).toEqual(new Set(['a', 'c']))
  expect(tickedOf(kept, undefined), 'before the plan was read').toEqual(new Set(['a', 'c']))
  expect(tickedOf(kept, ['b']), 'a node was left out in the wizard').toEqual(new Set(['b']))
  expect(tickedOf(null, ['b'])).toEqual(new Set(['b']))
  expect(tickedOf(null, undefined)).toEqual(new Set())
  expect(tickedOf(ticks('a'), undefined), 'no plan').toEqual(new Set(['a']))
})

it('reads what it cannot understand as nothing kept', () => {
  store.setItem('slipway.kept.selection.o-1.', '{"a":')
  expect(keptSelection(store, 'o-1', null)).toBeNull()
  store.setItem('slipway.kept.selection.o-1.', '["a"]')
  expect(keptSelection(store, 'o-1', null)).toBeNull()
})

it('goes on when the tab takes nothing more', () => {
  const full = { ...store, length: 0, key: () => null, getItem: () => null, removeItem: () => {}, setItem: () => { throw new DOMException('full', 'QuotaExceededError') } }
  expect(() => keepSelection(full, 'o-1', null, ticks('a'))).not.toThrow()
})

it('forgets every selection and form at sign-out, and nothing else', () => {
  keepSelection(store, 'o-1', null, ticks('a'))
  keepSelection(store, 'o-2', 'draft', ticks('b'))
  keep(store, 'form.hold.o-1', { reason: 'upgrade' })
  expect(readKept(store, 'form.hold.o-1')).toEqual({ reason: 'upgrade' })
  store.setItem('slipway.launch.draft', 'key')
  forgetKept(store)
  expect(Object.keys(store)).toEqual(['slipway.launch.draft'])
})
