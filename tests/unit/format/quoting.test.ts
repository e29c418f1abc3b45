import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { asciiJson, pythonQuoted, shellQuoted } from '@/lib/format/quoting'

const texts = ['plain-name.1', '', "it's", '$(reboot) `id` $HOME', 'two\nlines\ttab', 'back\\slash "quoted"', 'ünï', '😀', 'web\u202egnp', '\u0007bell', '!history', '-n', "'; rm -rf /; '"]

test.each(texts)('the shell reads %j as it is', (text) => {
  expect(execFileSync('sh', ['-c', `printf '%s' ${shellQuoted(text)}`]).toString()).toBe(text)
})

test.each(texts)('JSON of %j is plain ASCII and means the same', (text) => {
  expect(asciiJson({ [text]: text })).toMatch(/^[\n\x20-\x7e]*$/)
  expect(JSON.parse(asciiJson({ [text]: text }))).toEqual({ [text]: text })
})

const python = ((): boolean => {
  try {
    execFileSync('python3', ['-c', ''])
    return true
  } catch {
    return false
  }
})()

test.each(texts)('a Python literal of %j is plain ASCII on one line', (text) => {
  expect(pythonQuoted(text)).toMatch(/^"[\x20-\x7e]*"$/)
})

test.skipIf(!python)(python ? 'Python reads every literal as it is' : 'Python reads every literal as it is (skipped: no python3 here)', () => {
  const program = `import sys\nsys.stdout.buffer.write("\\0".join([${texts.map(pythonQuoted).join(', ')}]).encode())`
  expect(execFileSync('python3', ['-c', program]).toString()).toBe(texts.join('\0'))
})
