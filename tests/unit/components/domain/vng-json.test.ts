import { describe, expect, it } from 'vitest'
import { lineOf, readJson } from '@/components/domain/vng-json'

const samples = ['{}', '[]', 'null', ' {"a": [1, -2.5e3, true, false, null, "x\\n\\u00e4\\"/"]} \n', '{"a": {"b": {"c": []}}}', '"text"', '0', '{"__proto__": 1}', '{"": ""}']
const broken = ['', '{', '{"a"}', '{"a":}', '{"a": 1,}', '[1,]', '[1 2]', '{a: 1}', "{'a': 1}", '{"a": 01}', '{"a": +1}', '{"a": .5}', '{"a": 1.}', '{"a": NaN}', '{"a": "x\ny"}', '{"a": "\\x"}', '{"a": 1} 2', 'tru', '{"a": 1', '"open', '{"a": truefalse}', '// no']

describe('reads what JSON.parse reads', () => {
  it.each(samples)('%s', (text) => {
    const reading = readJson(text)
    expect(reading.ok && reading.value).toEqual(JSON.parse(text))
  })
  it.each(broken)('and refuses what it refuses: %s', (text) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(readJson(text).ok).toBe(false)
  })
})

const faultOf = (text: string) => {
  const reading = readJson(text)
  return reading.ok ? null : [reading.line, reading.sentence]
}

describe('a fault is told by its line and in a sentence', () => {
  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 3, 'A comma or a } belongs here.'],
    ['{\n  "a": 1,\n}', 3, 'Nothing follows the comma before this }: take the comma out.'],
    ['{\n  a: 1\n}', 2, 'A key in double quotes belongs here.'],
    ['{\n  "a" 1\n}', 2, 'A colon belongs after the key a.'],
    ['{\n  "a": yes\n}', 2, 'A value belongs here: text in double quotes, a number, true, false, null, an object or a list.'],
    ['{\n  "a": {\n    "b": 1\n', 4, 'The text ends before the object does: a } is missing.'],
    ['{\n  "a": 1,\n  "a": 2\n}', 3, 'The key a stands twice in this object.'],
    ['{}\nx', 2, 'Something follows the end of the object.'],
  ])('%s', (text, line, sentence) => {
    expect(faultOf(text)).toEqual([line, sentence])
  })
})

it('knows the line of each field, and of what holds a field that is not there', () => {
  const reading = readJson('{\n  "labels": {\n    "example.com/team": "red"\n  },\n  "taints": [\n    { "key": "a" }\n  ]\n}')
  if (!reading.ok) throw new Error(reading.sentence)
  expect(lineOf(reading.lines, 'labels.example.com/team')).toBe(3)
  expect(lineOf(reading.lines, 'taints.0.effect')).toBe(6)
  expect(lineOf(reading.lines, 'name')).toBe(1)
})
