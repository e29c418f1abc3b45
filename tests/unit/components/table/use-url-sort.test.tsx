// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react'
import { NuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing'
import type { ReactNode } from 'react'
import { expect, it } from 'vitest'
import { useUrlSort } from '@/components/table/use-url-sort'

const hookAt = (searchParams: string) => {
  const addresses: string[] = []
  const onUrlUpdate = ({ queryString }: UrlUpdateEvent) => void addresses.push(queryString)
  const wrapper = ({ children }: { children: ReactNode }) => (
    <NuqsTestingAdapter searchParams={searchParams} onUrlUpdate={onUrlUpdate} hasMemory>
      {children}
    </NuqsTestingAdapter>
  )
  return { ...renderHook(() => useUrlSort(), { wrapper }), addresses }
}

it.each([
  ['?sort=pods', { columnId: 'pods', isDescending: false }],
  ['?sort=-pods', { columnId: 'pods', isDescending: true }],
  ['?sort=-', { columnId: '', isDescending: true }],
  ['?sort=', null],
  ['', null],
])('reads the sort of the address %s', (searchParams, sort) => {
  expect(hookAt(searchParams).result.current.sort).toEqual(sort)
})

it.each([
  ['?search=web', { columnId: 'pods', isDescending: true }, '?search=web&sort=-pods'],
  ['?search=web&sort=pods', null, '?search=web'],
])('writes the sort into the address %s, or takes it out', async (searchParams, sort, expected) => {
  const { result, addresses } = hookAt(searchParams)
  await act(async () => result.current.onSortChange(sort))
  expect(result.current.sort).toEqual(sort)
  await waitFor(() => expect(addresses).toEqual([expected]))
})
