import { expect, test } from 'vitest'
import { filesLike, linesLike, type SourceFile } from './support/tree'

const impure = (files: SourceFile[]): string[] =>
  linesLike(files, /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\b\.|\bset(Timeout|Interval|Immediate)\(|\bfetch\(|\bprocess\.\w/)

test('domain, twin and format have no clock, no die and no input or output', () => {
  const files = filesLike(/^lib\/(domain|twin|format)\/.*\.ts$/)
  expect(files.length).toBeGreaterThan(40)
  expect(impure(files)).toEqual([])
})

test.each(['const at = Date.now()', 'new Date()', 'Math.random() < 0.5', 'setTimeout(step, 10)', "await fetch('x')"])('an impurity is told: %s', (text) => {
  expect(impure([{ path: 'lib/twin/x.ts', text }])).toHaveLength(1)
})
