import { existsSync, readFileSync } from 'node:fs'

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/** A runner that ended badly without saying of which test counts as one failure. */
const withExit = (result, code) => (code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result)

const nothing = { passed: 0, failed: 0, skipped: [] }

/** Counts and skipped names of a vitest run. */
export const readVitest = (file, code) => {
  const report = read(file)
  if (report === null) return withExit(nothing, code === 0 ? 1 : code)
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo').map(({ fullName }) => fullName)
  return withExit({ passed: report.numPassedTests, failed: report.numFailedTests + report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length, skipped }, code)
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

const skipOf = ({ title, tests }) => {
  const reason = tests.flatMap(({ annotations }) => annotations).find(({ type }) => type === 'skip')?.description
  // A story that was to pass and has not begun stands behind a failed one of its file.
  const isLeftOut = tests.every(({ expectedStatus }) => expectedStatus === 'passed')
  return `${title} (${reason ?? (isLeftOut ? 'not run: a story before it failed' : 'no reason given')})`
}

/** Counts and skipped names of a Playwright run. */
export const readPlaywright = (file, code) => {
  const report = read(file)
  if (report === null) return withExit(nothing, code === 0 ? 1 : code)
  const specs = report.suites.flatMap(specsOf)
  const skipped = specs.filter(({ tests }) => tests.every(({ status }) => status === 'skipped')).map(skipOf)
  return withExit({ passed: report.stats.expected, failed: report.stats.unexpected, skipped }, code)
}
