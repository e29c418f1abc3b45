import { expect, test } from 'vitest'
import { storableJson, storableText } from '@/lib/db/schema/columns'

const nul = String.fromCharCode(0)

test('text keeps everything but NUL and half a surrogate pair', () => {
  expect(storableText(`a${nul}b\uD800c\uDC00 😀 \u202Ed`)).toBe('a\uFFFDb\uFFFDc\uFFFD 😀 \u202Ed')
})

test('JSON is cleaned in values and keys', () => {
  expect(JSON.parse(storableJson({ [`k${nul}`]: [`v${nul}`, 'x\uDBFF', '😀', 1, null] }))).toEqual({ 'k\uFFFD': ['v\uFFFD', 'x\uFFFD', '😀', 1, null] })
})

test('a backslash that only looks like the beginning of an escape stays', () => {
  const value = { path: 'C:\\u0000', more: '\\\\ud800', quote: '"\\"' }
  expect(JSON.parse(storableJson(value))).toEqual(value)
})
