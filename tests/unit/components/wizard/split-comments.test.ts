import { expect, test } from 'vitest'
import { splitComments } from '@/components/wizard/split-comments'

test.each([
  ['', { first: 'Run 1', rest: 'From run 2 on' }],
  ['web tier', { first: 'Run 1: web tier', rest: 'From run 2 on: web tier' }],
  ['From run 2 on', { first: 'Run 2', rest: 'From run 3 on' }],
  ['From run 11 on: web tier', { first: 'Run 11: web tier', rest: 'From run 12 on: web tier' }],
  ['x'.repeat(240), { first: 'x'.repeat(240), rest: 'x'.repeat(240) }],
])('a plan with the comment %j is split into runs that are told apart', (comment, expected) => {
  expect(splitComments(comment)).toEqual(expected)
})
