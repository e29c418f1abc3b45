import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Api } from './api'
import { fault, timeInput, tokenInput, twinKnob, wireInput, type TwinKnob } from './admin-types'
import { readBody } from './request'

type AdminRoute = { method: string; path: string; handle: (api: Api, body: unknown) => unknown }

const turn = ({ world }: Api, knob: TwinKnob): void => {
  const twin = world.clusters.get(knob.clusterId)?.twin
  if (twin === undefined) throw new z.core.$ZodError([{ code: 'custom', path: ['clusterId'], message: 'is not known', input: knob.clusterId }])
  if (knob.kind === 'curse-node') twin.switches.cursedNodes.push(knob.nodeName)
  else if (knob.kind === 'no-capacity') twin.switches.vngsWithoutCapacity.push(knob.vngId)
  else if (knob.kind === 'vanish-node') twin.vanishNode(knob.nodeName)
  else twin.record({ kind: 'controller-silenced', isSilent: knob.isSilent })
}

const adminRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/journal', handle: ({ journal }) => journal },
  {
    method: 'DELETE',
    path: '/journal',
    handle: ({ journal }) => {
      journal.length = 0
    },
  },
  { method: 'POST', path: '/faults', handle: (api, body) => api.faults.add(fault.parse(body)) },
  { method: 'DELETE', path: '/faults', handle: (api) => api.faults.clear() },
  {
    method: 'POST',
    path: '/time',
    handle: ({ world }, body) => {
      const { speed, skipMs } = timeInput.parse(body)
      if (speed !== undefined) world.setSpeed(speed)
      if (skipMs !== undefined) world.skip(skipMs)
    },
  },
  {
    method: 'POST',
    path: '/tokens',
    handle: ({ revoked }, body) => {
      const { token, isRevoked } = tokenInput.parse(body)
      if (isRevoked) revoked.add(token)
      else revoked.delete(token)
    },
  },
  { method: 'POST', path: '/twin', handle: (api, body) => turn(api, twinKnob.parse(body)) },
  {
    method: 'POST',
    path: '/wire',
    handle: ({ world }, body) => {
      Object.assign(world.wire, wireInput.parse(body))
    },
  },
]

/** Answers one request to the admin endpoint: fault switches, time, tokens, the journal. */
export const handleAdmin = async (api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const send = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const path = new URL(request.url ?? '/', 'http://simulator.invalid').pathname
  const route = adminRoutes.find((known) => known.method === request.method && known.path === path)
  const body = await readBody(request)
  if (route === undefined) return void send(404, { error: 'There is no such switch. See docs/simulator.md.' })
  if (!body.ok) return void send(400, { error: 'The body is not JSON.' })
  try {
    send(200, route.handle(api, body.value) ?? {})
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error
    send(400, { error: error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') })
  }
}
