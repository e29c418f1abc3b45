import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { problem } from '@/lib/contract/problem'
import { AppError } from '@/lib/errors'
import { encodingHeader, jsonReply, problemReply } from '@/lib/http/reply'

const asked = (encoding?: string) => ({ headers: new Headers({ 'x-slipway-peer': '192.0.2.1', ...(encoding === undefined ? {} : { 'accept-encoding': encoding }) }) })
const large = { rows: Array.from({ length: 500 }, (_, index) => ({ name: `node-${index}`, pool: 'npweb' })) }

describe('an answer', () => {
  it('is compressed when it is large and the client takes gzip', async () => {
    const response = await jsonReply(asked('br, gzip;q=0.8'), 'id-1', large)
    expect(response.headers.get(encodingHeader)).toBe('gzip')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(large)
    expect(bytes.length).toBeLessThan(JSON.stringify(large).length / 4)
  })

  it.each([undefined, 'identity', 'gzip;q=0', 'x-gzip-not'])('is plain for a client that says %s', async (encoding) => {
    const response = await jsonReply(asked(encoding), 'id-1', large)
    expect(response.headers.get(encodingHeader)).toBeNull()
    expect(await response.json()).toEqual(large)
  })

  it('is plain where nothing would put the encoding back into its headers', async () => {
    const response = await jsonReply({ headers: new Headers({ 'accept-encoding': 'gzip' }) }, 'id-1', large)
    expect(await response.json()).toEqual(large)
  })

  it('is kept by nobody and carries its request id', async () => {
    const { headers } = await jsonReply(asked(), 'id-1', {})
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('vary')).toContain('Cookie')
    expect(headers.get('x-request-id')).toBe('id-1')
  })
})

describe('an error', () => {
  it('leaves as a problem document, with the wait in the header too', async () => {
    const response = problemReply(new AppError('too_many_attempts', { detail: 'Wait.', retryAfterSeconds: 90 }), 'id-2')
    expect(response.status).toBe(429)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('retry-after')).toBe('90')
    expect(problem.parse(await response.json())).toMatchObject({ code: 'too_many_attempts', detail: 'Wait.', requestId: 'id-2', retryAfterSeconds: 90 })
  })

  it('never carries its cause', async () => {
    const cause = new Error('select * from sessions where token = canary')
    const text = await problemReply(new AppError('internal', { detail: 'A fault.', cause }), 'id-3').text()
    expect(text).not.toContain('canary')
  })
})
