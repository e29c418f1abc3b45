import { expect, test } from 'vitest'
import { runNode } from './support/node'

const stages = (name: string) => runNode(['tests/integration/scripts/support/stages.mjs', name])
const lastLine = (output: string) => output.trimEnd().split('\n').at(-1)

test('a run without a fault ends with its counts alone', async () => {
  const { code, output } = await stages('clean')
  expect([code, lastLine(output)]).toEqual([0, '13 passed, 0 failed'])
})

test('a failed stage and one that breaks off count as failures, the rest still runs, and the end names each failure and says why of each skip', async () => {
  const { code, output } = await stages('broken')
  expect([code, lastLine(output)]).toEqual([1, '17 passed, 4 failed, 1 skipped'])
  expect(output).toContain('skipped: a full disk (skipped: this user may not mount one)\n')
  for (const failure of ['types: did not pass, see above', 'unit: a batch ends at its time: expected 3 to be 2', 'unit: a hold is kept', 'build: no space left'])
    expect(output).toContain(`failed: ${failure}\n`)
})
