import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { getJson, sendJson } from '@/lib/queries/fetch-json'
import { ProblemError } from '@/lib/queries/problem-error'

const schema = z.object({ nodes: z.number() })

const answering = (status: number, body: string) => async () => new Response(body, { status })

const failureOf = async (promise: Promise<unknown>): Promise<ProblemError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProblemError)) throw new Error(`not a problem: ${String(error)}`)
  return error
}

const problemBody = JSON.stringify({
  type: 'about:blank',
  title: 'Spot rejected the request',
  status: 422,
  code: 'upstream_rejected',
  detail: 'No such node.',
  requestId: 'req-1',
  upstreamRequestId: 'spot-9',
  issues: [{ path: 'nodeNames.0', message: 'Gone.' }],
})

describe('calls to our own API', () => {
  it('parse what comes back', async () => {
    expect(await getJson(schema, '/x', undefined, answering(200, '{"nodes":3,"more":1}'))).toEqual({ nodes: 3 })
  })

  it('turn a problem document into an error with both request ids and the faulty fields', async () => {
    const error = await failureOf(getJson(schema, '/x', undefined, answering(422, problemBody)))
    expect(error).toMatchObject({ code: 'upstream_rejected', detail: 'No such node.', requestId: 'req-1', upstreamRequestId: 'spot-9' })
    expect(error.issues).toEqual([{ path: 'nodeNames.0', message: 'Gone.' }])
  })

  it('say so when the server cannot be reached', async () => {
    const error = await failureOf(getJson(schema, '/x', undefined, async () => Promise.reject(new TypeError('fetch failed'))))
    expect(error.code).toBe('offline')
  })

  it.each([
    ['a page instead of JSON', 200, '<html>'],
    ['JSON of another shape', 200, '{"nodes":"three"}'],
    ['an error page of a proxy', 502, '<html>Bad gateway'],
  ])('refuse %s', async (_name, status, body) => {
    const error = await failureOf(getJson(schema, '/x', undefined, answering(status, body)))
    expect(error).toMatchObject({ code: 'unreadable', status })
  })

  it('count a code of a newer server as internal and keep its sentence', async () => {
    const body = problemBody.replace('upstream_rejected', 'from_the_future')
    const error = await failureOf(getJson(schema, '/x', undefined, answering(500, body)))
    expect(error).toMatchObject({ code: 'internal', detail: 'No such node.' })
  })

  it('pass an abort on instead of calling it an outage', async () => {
    const controller = new AbortController()
    controller.abort()
    const call = getJson(schema, '/x', controller.signal, async (_url, init) => Promise.reject(init?.signal?.reason))
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('send JSON with the method asked for', async () => {
    const seen: RequestInit[] = []
    await sendJson(schema, 'POST', '/x', { a: 1 }, {
      fetch: async (_url, init) => {
        if (init) seen.push(init)
        return new Response('{"nodes":1}')
      },
    })
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"a":1}', credentials: 'same-origin', redirect: 'error' })
  })
})
