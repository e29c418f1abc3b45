import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { createVault, type SealContext } from '@/lib/vault/vault'

const token = 'spot-token-51c2f0'
const place: SealContext = { table: 'sessions', row: 'row-1', owner: 'act-1' }

const openFault = (open: () => string): AppError => {
  try {
    open()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it opened')
}

test('what was sealed opens again and shows nothing of itself', () => {
  const vault = createVault(['one'])
  const sealed = vault.seal(token, place)
  expect(vault.open(sealed, place)).toBe(token)
  expect(sealed).not.toContain(token)
  expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain(token)
})

test.each(['', 'ü €', 'x'.repeat(8_000)])('a secret of any length comes back as it was (%#)', (text) => {
  const vault = createVault(['one'])
  expect(vault.open(vault.seal(text, place), place)).toBe(text)
})

// A nonce used twice under one key gives both texts away.
test('100,000 seals of one text share no nonce', () => {
  const vault = createVault(['one'])
  const nonces = new Set(Array.from({ length: 100_000 }, () => (vault.seal(token, place).split('.')[2] ?? '').slice(0, 16)))
  expect(nonces.size).toBe(100_000)
})

test('a change of any character is noticed', () => {
  const vault = createVault(['one'])
  const sealed = vault.seal(token, place)
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1)
    expect(openFault(() => vault.open(changed, place)).code, `character ${index}`).toBe('internal')
  }
})

test.each([
  ['cut short', (sealed: string) => sealed.slice(0, -1)],
  ['longer', (sealed: string) => `${sealed}A`],
  ['with a part more', (sealed: string) => `${sealed}.x`],
  ['with characters that decoding skips', (sealed: string) => `${sealed.slice(0, -4)}!${sealed.slice(-4)}`],
  ['without a tag', (sealed: string) => sealed.split('.').slice(0, 2).join('.')],
  ['empty', () => ''],
  ['never sealed', () => token],
])('a value that is %s does not open', (_how, change) => {
  const vault = createVault(['one'])
  expect(openFault(() => vault.open(change(vault.seal(token, place)), place)).detail).toMatch(/cannot be opened/)
})

describe('a value moved elsewhere does not open', () => {
  test.each<[string, SealContext]>([
    ['another row', { ...place, row: 'row-2' }],
    ['another owner', { ...place, owner: 'act-2' }],
    ['another table', { ...place, table: 'runs' }],
    ['a row and owner that read the same when joined', { table: 'sessions', row: 'row-1","act', owner: '-1' }],
  ])('in %s', (_where, elsewhere) => {
    const vault = createVault(['one'])
    expect(openFault(() => vault.open(vault.seal(token, place), elsewhere)).code).toBe('internal')
  })
})

describe('rotation', () => {
  test('the newest key seals and the earlier ones still open', () => {
    const old = createVault(['one']).seal(token, place)
    const rotated = createVault(['two', 'one'])
    expect(rotated.open(old, place)).toBe(token)
    expect(createVault(['two']).open(rotated.seal(token, place), place)).toBe(token)
  })

  test('once a key is taken away its values are refused with a sentence, never given out', () => {
    const old = createVault(['one']).seal(token, place)
    const fault = openFault(() => createVault(['two']).open(old, place))
    expect(fault.detail).toBe('A stored secret cannot be opened with the keys this server was given. Sign in again.')
    expect(JSON.stringify(fault)).not.toContain(token)
  })
})
