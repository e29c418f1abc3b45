import { describe, expect, it } from 'vitest'
import { createLog } from '@/lib/http/log'

const capture = () => {
  const lines: string[] = []
  return { lines, log: createLog({ logLevel: 'info' }, { write: (line: string) => void lines.push(line) }) }
}

describe('the log', () => {
  it('writes one event as one line, whatever stands in the names', () => {
    const { lines, log } = capture()
    log.info({ node: 'a\r\n{"level":60}\u001b[31m\u2028' }, 'seen')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n\u001b]/)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'seen' })
  })

  it('blanks secrets by name, also one level down', () => {
    const { lines, log } = capture()
    log.warn({ token: 'canary-1', headers: { authorization: 'canary-2', cookie: 'canary-3' }, row: { sealedToken: 'canary-4' } }, 'seen')
    expect(lines.join('')).not.toContain('canary')
  })
})
