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
  const causes = ['token_rejected', 'token_not_permitted', 'upstream_unavailable', 'upstream_failed', 'upstream_unreadable', 'upstream_rejected', 'upstream_rate_limited', 'not_found', 'too_many_attempts', 'invalid_input', 'cross_site_request', 'storage_unavailable', 'storage_full']

  it('has a sentence of its own for every cause, and sends nobody to the server log for it', () => {
    const sentences = causes.map((code) => signInError(code).detail)
    expect(new Set(sentences).size).toBe(causes.length)
    expect(sentences.join(' ')).not.toContain('log')
  })

  it('never shows a text that is not one of ours', () => {
    expect(signInError('CredentialsSignin <b>').title).toBe('Something went wrong in Slipway')
    expect(signInError(null).title).toBe('Something went wrong in Slipway')
  })
})
