import { afterEach, beforeEach, expect } from 'vitest'

// jsdom has no layout, so no query about it: a wide screen, unless a test says otherwise.
if (typeof window !== 'undefined') window.matchMedia ??= () => Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList

const unexpected: unknown[][] = []
const original = console.error

// An error on the console is a fault that nobody asserted: it fails the test that caused it.
beforeEach(() => {
  unexpected.length = 0
  console.error = (...args: unknown[]) => {
    unexpected.push(args)
    original(...args)
  }
})

afterEach(() => {
  console.error = original
  expect(unexpected, 'unexpected console.error').toEqual([])
})
