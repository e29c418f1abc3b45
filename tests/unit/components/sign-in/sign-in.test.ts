import { describe, expect, it } from 'vitest'
import { signInError } from '@/components/sign-in/messages'
import { safePath } from '@/components/sign-in/safe-path'

describe('the way back after the sign-in', () => {
  it('is a page of this site with its filters', () => {
    expect(safePath('/clusters/o-1/nodes?q=web&sort=pods', '/clusters')).toBe('/clusters/o-1/nodes?q=web&sort=pods')
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/a\\..\\evil', '', undefined])(
    'never leaves it: %s',
    (callbackUrl) => {
      expect(safePath(callbackUrl, '/clusters')).toBe('/clusters')
    },
  )
})

describe('a failed sign-in', () => {
  it('is told in four different sentences', () => {
    const codes = ['token_rejected', 'token_not_permitted', 'upstream_unavailable', 'too_many_attempts']
    expect(new Set(codes.map((code) => signInError(code).detail)).size).toBe(4)
  })

  it('never shows a text that is not one of ours', () => {
    expect(signInError('CredentialsSignin <b>').title).toBe('Something went wrong in Slipway')
    expect(signInError(null).title).toBe('Something went wrong in Slipway')
  })
})
