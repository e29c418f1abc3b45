import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/** A runner that ended badly without saying of which test counts as one failure. */
const withExit = (result, code) => (code !== 0 && result.failures.length === 0 ? { ...result, failures: [`the runner ended with code ${code} and named no test`] } : result)

const unreported = (code) => ({ passed: 0, failures: [`the runner ended with code ${code} and left no report`], skipped: [] })

const longestReason = 240

/** The name of a failed test and the first line of each reason, so that the end of a long output is enough to know where to look. */
const failure = (name, messages) => {
  const reasons = messages.map((message) => stripVTControlCharacters(message ?? '').trim().split('\n')[0].slice(0, longestReason))
  return [name, ...reasons.filter(Boolean)].join(': ')
}

const failuresOfFile = ({ name, status, message, assertionResults }) => {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length > 0) return failed.map(({ fullName, failureMessages }) => failure(fullName, failureMessages))
  return status === 'failed' ? [failure(relative(process.cwd(), name), [message])] : []
}

/** Passed tests, failures and skipped names of a vitest run. */
export const readVitest = (file, code) => {
  const report = read(file)
  if (report === null) return unreported(code)
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo').map(({ fullName }) => fullName)
  return withExit({ passed: report.numPassedTests, failures: report.testResults.flatMap(failuresOfFile), skipped }, code)
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

const skipOf = ({ title, tests }) => {
  const reason = tests.flatMap(({ annotations }) => annotations).find(({ type }) => type === 'skip')?.description
  // A story that was to pass and has not begun stands behind a failed one of its file.
  const isLeftOut = tests.every(({ expectedStatus }) => expectedStatus === 'passed')
  return `${title} (${reason ?? (isLeftOut ? 'not run: a story before it failed' : 'no reason given')})`
}

const failuresOf = ({ file, line, title, tests }) =>
  tests
    .filter(({ status }) => status === 'unexpected')
    .map(({ results }) => failure(`${file}:${line} ${title}`, results.flatMap(({ errors }) => errors.map(({ message }) => message))))

/** Passed stories, failures and skipped names of a Playwright run. */
export const readPlaywright = (file, code) => {
  const report = read(file)
  if (report === null) return unreported(code)
  const specs = report.suites.flatMap(specsOf)
  const skipped = specs.filter(({ tests }) => tests.every(({ status }) => status === 'skipped')).map(skipOf)
  return withExit({ passed: report.stats.expected, failures: specs.flatMap(failuresOf), skipped }, code)
}
