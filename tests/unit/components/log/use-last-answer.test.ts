// @vitest-environment jsdom
import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useLastAnswer } from '@/components/log/use-last-answer'

test('a reading that fails leaves the lines of the one before, until a newer one is there', () => {
  const [first, second] = [{ lines: ['a'] }, { lines: ['a', 'b'] }]
  const { result, rerender } = renderHook(useLastAnswer, { initialProps: undefined as { lines: string[] } | undefined })
  expect(result.current).toBeUndefined()
  for (const [answer, shown] of [[first, first], [undefined, first], [second, second], [undefined, second]] as const) {
    rerender(answer)
    expect(result.current).toBe(shown)
  }
})
