import { expect, test } from 'vitest'
import { filesLike, linesLike, type SourceFile } from './support/tree'

const tests = () => filesLike(/^tests\/.*\.tsx?$/).filter(({ path }) => !path.startsWith('tests/unit/guard/'))

const shortcuts: [what: string, pattern: RegExp, planted: string][] = [
  ['stand-ins for our own modules', /\bvi\.(mock|doMock)\(\s*(import\()?['"`](@\/|\.)/, "vi.mock('@/lib/db/client')"],
  ['waits for time instead of an event', /\bwaitForTimeout\(/, 'await page.waitForTimeout(500)'],
  ['interceptions of the network', /\b(page|context)\.route(FromHAR|WebSocket)?\(/, "await page.route('**/api/**', answer)"],
  ['tests that silence the others', /\b(test|it|describe|suite)\.only\(/, "test.only('x', () => {})"],
  ['snapshots of markup', /\.toMatch(Inline)?Snapshot\(|\.toMatchFileSnapshot\(/, 'expect(html).toMatchSnapshot()'],
]

test.each(shortcuts)('tests hold no %s', (_, pattern, planted) => {
  const found = (files: SourceFile[]) => linesLike(files, pattern)
  expect(found(tests())).toEqual([])
  expect(found([{ path: 'tests/e2e/x.spec.ts', text: planted }])).toHaveLength(1)
})

/** Support may look again after a pause, and the bench watches for a time; a test waits for what it is about. */
test('tests hold no sleeps', () => {
  const sleeps = /\bnew Promise\b.*\bsetTimeout\(|node:timers\/promises|\b(sleep|delay|pause)\(\s*\d/
  const stories = tests().filter(({ path }) => /\.(test|spec)\.tsx?$/.test(path))
  expect(linesLike(stories, sleeps)).toEqual([])
  for (const text of ['await new Promise((resolve) => setTimeout(resolve, 500))', "import { setTimeout } from 'node:timers/promises'", 'await sleep(500)']) expect(linesLike([{ path: 'tests/e2e/x.spec.ts', text }], sleeps)).toHaveLength(1)
})
