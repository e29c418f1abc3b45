import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseInput, parseParams, readForm, readJson } from '@/lib/http/input'
import { clusterParams } from '@/lib/contract/params'

const post = (body: BodyInit, type = 'application/json') =>
  new Request('http://localhost/api', { method: 'POST', body, headers: { 'content-type': type }, ...(body instanceof ReadableStream ? { duplex: 'half' } : {}) })

const mebibyte = 1024 * 1024

/** A body that never says how large it is, and counts what is taken from it. */
const endless = () => {
  const seen = { pulled: 0, isCancelled: false }
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      seen.pulled += 1
      controller.enqueue(new Uint8Array(64 * 1024).fill(32))
    },
    cancel: () => {
      seen.isCancelled = true
    },
  })
  return { seen, stream }
}

describe('a body', () => {
  it('is refused beyond 1 MiB without being read to its end', async () => {
    const { seen, stream } = endless()
    await expect(readJson(post(stream))).rejects.toMatchObject({ code: 'body_too_large', status: 413 })
    expect(seen.isCancelled).toBe(true)
    expect(seen.pulled * 64 * 1024).toBeLessThan(2 * mebibyte)
  })

  it('is refused by its announced length before a byte is read', async () => {
    await expect(readJson(post('x'.repeat(10 * mebibyte)))).rejects.toMatchObject({ code: 'body_too_large' })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])('is refused as %s', async (type) => {
    await expect(readJson(post('{}', type))).rejects.toMatchObject({ code: 'unsupported_media_type' })
  })

  it('takes a node list of 20,000 names', async () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `aks-npweb-38884647-vmss${index.toString(36).padStart(6, '0')}`)
    await expect(readJson(post(JSON.stringify({ names }), 'application/json; charset=utf-8'))).resolves.toEqual({ names })
  })

  it('that is nested without end is refused like any other bad JSON', async () => {
    await expect(readJson(post('['.repeat(500_000)))).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('may be a form where a form is expected, and nothing else there', async () => {
    await expect(readForm(post('token=a%20b&json=true', 'application/x-www-form-urlencoded'))).resolves.toEqual({ token: 'a b', json: 'true' })
    await expect(readForm(post('{}'))).rejects.toMatchObject({ code: 'unsupported_media_type' })
  })
})

describe('faulty input', () => {
  it('is told field by field', () => {
    const schema = z.object({ name: z.string().min(1, 'Enter a name.'), count: z.number('Enter a count.') })
    expect(() => parseInput(schema, { name: '' })).toThrow(
      expect.objectContaining({ code: 'invalid_input', issues: [{ path: 'name', message: 'Enter a name.' }, { path: 'count', message: 'Enter a count.' }] }),
    )
  })

  it.each(['..', '../o-1', 'o-1/../o-2', 'o-1%2f', 'o-1?x=1', 'o-1#', 'vng-1', 'o-', 'O-1', 'o-1\r\nX: y', 'o-\u0000', 'o-．．', `o-${'a'.repeat(4096)}`])(
    'in a path names nothing: %j',
    (clusterId) => {
      expect(() => parseParams(clusterParams, { clusterId })).toThrow(expect.objectContaining({ code: 'not_found' }))
    },
  )
})
