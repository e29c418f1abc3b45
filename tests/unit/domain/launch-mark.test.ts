import { describe, expect, test } from 'vitest'
import { commentBudget, readMark, withMark, withoutMark } from '@/lib/domain/launch-mark'

describe('launch mark', () => {
  test('stands at the end of the comment and can be read back', () => {
    const sent = withMark('web tier, wave 1', '1f3a9c07')
    expect(sent).toBe('web tier, wave 1 [sw-1f3a9c07]')
    expect(readMark(sent)).toBe('1f3a9c07')
    expect(withoutMark(sent)).toBe('web tier, wave 1')
  })

  test('the longest allowed comment with its mark fits the vendor limit exactly', () => {
    expect(withMark('x'.repeat(commentBudget), '00000000')).toHaveLength(256)
  })

  test('an empty comment is the mark alone', () => {
    expect(withMark('', '1f3a9c07')).toBe('[sw-1f3a9c07]')
    expect(withoutMark('[sw-1f3a9c07]')).toBe('')
  })

  test('a mark elsewhere in the text is a person quoting it, not a launch', () => {
    expect(readMark('again [sw-1f3a9c07] after lunch')).toBeNull()
    expect(readMark(null)).toBeNull()
    expect(withoutMark(null)).toBe('')
  })

  test('keeps line breaks of the comment', () => {
    expect(withoutMark(withMark('one\ntwo', '1f3a9c07'))).toBe('one\ntwo')
  })
})
