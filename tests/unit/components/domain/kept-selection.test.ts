// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest'
import { forgetKept, keep, readKept } from '@/components/domain/kept'
import { keepSelection, keptSelection } from '@/components/domain/kept-selection'

const store = window.sessionStorage
beforeEach(() => store.clear())

it('gives back what was ticked, for each cluster and plan by itself', () => {
  keepSelection(store, 'o-1', null, new Set(['a', 'b']))
  keepSelection(store, 'o-1', 'draft', new Set(['c']))
  expect(keptSelection(store, 'o-1', null)).toEqual(new Set(['a', 'b']))
  expect(keptSelection(store, 'o-1', 'draft')).toEqual(new Set(['c']))
  expect(keptSelection(store, 'o-2', null)).toBeNull()
})

it('tells nothing kept from nothing ticked', () => {
  keepSelection(store, 'o-1', null, new Set())
  expect(keptSelection(store, 'o-1', null)).toEqual(new Set())
  keepSelection(store, 'o-1', null, null)
  expect(keptSelection(store, 'o-1', null)).toBeNull()
})

it('reads what it cannot understand as nothing kept', () => {
  store.setItem('slipway.kept.selection.o-1.', '{"a":')
  expect(keptSelection(store, 'o-1', null)).toBeNull()
  store.setItem('slipway.kept.selection.o-1.', '"a"')
  expect(keptSelection(store, 'o-1', null)).toBeNull()
})

it('goes on when the tab takes nothing more', () => {
  const full = { ...store, length: 0, key: () => null, getItem: () => null, removeItem: () => {}, setItem: () => { throw new DOMException('full', 'QuotaExceededError') } }
  expect(() => keepSelection(full, 'o-1', null, new Set(['a']))).not.toThrow()
})

it('forgets every selection and form at sign-out, and nothing else', () => {
  keepSelection(store, 'o-1', null, new Set(['a']))
  keepSelection(store, 'o-2', 'draft', new Set(['b']))
  keep(store, 'form.hold.o-1', { reason: 'upgrade' })
  expect(readKept(store, 'form.hold.o-1')).toEqual({ reason: 'upgrade' })
  store.setItem('slipway.launch.draft', 'key')
  forgetKept(store)
  expect(Object.keys(store)).toEqual(['slipway.launch.draft'])
})
