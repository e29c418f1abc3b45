import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readPlaywright, readVitest } from '@/scripts/lib/test-results.mjs'

const directory = mkdtempSync(join(tmpdir(), 'slipway-results-'))
afterAll(() => rmSync(directory, { recursive: true }))

const report = (content: unknown) => {
  const file = join(directory, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}
const file = (name: string, assertionResults: unknown[], rest = {}) => ({ name: join(process.cwd(), name), status: 'passed', message: '', assertionResults, ...rest })
const testCase = (fullName: string, status: string, failureMessages: string[] = []) => ({ fullName, status, failureMessages })

test('a failed test is named with the first line of its reason, and a file that does not load by its path', () => {
  const results = readVitest(
    report({
      numPassedTests: 1,
      testResults: [
        file('tests/a.test.ts', [testCase('adds', 'passed'), testCase('subtracts', 'failed', ['\u001b[31mAssertionError: expected 3 to be 2\u001b[39m\n    at a.test.ts:3']), testCase('divides', 'skipped')]),
        file('tests/b.test.ts', [], { status: 'failed', message: 'Cannot find module ./c' }),
      ],
    }),
    1,
  )
  expect(results).toEqual({ passed: 1, failures: ['subtracts: AssertionError: expected 3 to be 2', 'tests/b.test.ts: Cannot find module ./c'], skipped: ['divides'] })
})

test('a runner that ends badly without naming a test, or without a report, is a failure', () => {
  expect(readVitest(report({ numPassedTests: 1, testResults: [file('tests/a.test.ts', [testCase('adds', 'passed')])] }), 1).failures).toEqual(['the runner ended with code 1 and named no test'])
  expect(readVitest(join(directory, 'nothing.json'), 134).failures).toEqual(['the runner ended with code 134 and left no report'])
  expect(readPlaywright(join(directory, 'nothing.json'), 0).failures).toEqual(['the runner ended with code 0 and left no report'])
})

test('a failed story is named with its place and reasons, and one behind it says that it was not run', () => {
  const spec = (title: string, status: string, messages: string[] = []) => ({
    file: 'run.spec.ts', line: 7, title, tests: [{ status, expectedStatus: 'passed', annotations: [], results: [{ errors: messages.map((message) => ({ message })) }] }],
  })
  const specs = [spec('is watched', 'expected'), spec('is stopped', 'unexpected', ['\u001b[31mTest timeout\u001b[39m', 'Error: no button\n  log']), spec('is kept', 'skipped')]
  expect(readPlaywright(report({ stats: { expected: 1 }, suites: [{ suites: [{ specs }] }] }), 1)).toEqual({
    passed: 1,
    failures: ['run.spec.ts:7 is stopped: Test timeout: Error: no button'],
    skipped: ['is kept (not run: a story before it failed)'],
  })
})
