import { expect, test } from 'vitest'
import { newDraftPreferences } from '@/lib/contract/draft'
import { isPresetOf, presetName, presetOptionsOf, presetRequest } from '@/lib/contract/presets'

const options = presetOptionsOf(newDraftPreferences)

test('a preset keeps every option and never the comment', () => {
  expect(options).not.toHaveProperty('comment')
  expect(Object.keys(options).sort()).toEqual(Object.keys(newDraftPreferences).filter((name) => name !== 'comment').sort())
  expect(presetRequest.parse({ name: 'x', options: { ...options, comment: 'mine' } }).options).not.toHaveProperty('comment')
})

test.each(['batchSizePercentage', 'batchMinHealthyPercentage'] as const)('a faulty %s cannot be saved', (name) => {
  for (const value of ['0', '101', '', '2.5']) expect(presetRequest.safeParse({ name: 'x', options: { ...options, [name]: value } }).success, value).toBe(false)
})

test.each([
  ['', false],
  ['   ', false],
  ['x'.repeat(61), false],
  ['two\nlines', false],
  [' Night shift ', true],
  ['x'.repeat(60), true],
])('the name %j is taken: %s', (name, isTaken) => {
  expect(presetName.safeParse(name).success).toBe(isTaken)
})

test('a form is as in a preset whatever its comment, and no more once one option differs', () => {
  expect(isPresetOf({ options }, { ...newDraftPreferences, comment: 'wave 1' })).toBe(true)
  expect(isPresetOf({ options }, { ...newDraftPreferences, batchSizePercentage: ' 20 ' })).toBe(true)
  for (const change of [{ batchSizePercentage: '21' }, { batchMinHealthyPercentage: '51' }, { respectPdb: false }, { respectRestrictScaleDown: true }, { shouldTerminateNodes: false }, { shouldEvictStandalonePods: false }])
    expect(isPresetOf({ options }, { ...newDraftPreferences, ...change }), JSON.stringify(change)).toBe(false)
})
