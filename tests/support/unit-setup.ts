import { afterEach, beforeEach, expect } from 'vitest'

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
