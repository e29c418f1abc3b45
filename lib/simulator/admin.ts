import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { TwinCommand } from '@/lib/twin/types'
import { fault, timeInput, tokenInput, twinKnob, type CountsAnswer, type RunsAnswer, type TwinKnob } from './admin-types'
import type { Api } from './api'
import { readBody, readTarget } from './request'
import { switchesOf } from './scenarios/table'
import type { SimulatedCluster } from './world'
import { wireInput } from './wire-input'

type AdminRoute = { method: string; path: string; handle: (api: Api, body: unknown) => unknown }

/** A switch that cannot be turned, in one sentence. */
class AdminError extends Error {}

const commandFor = (knob: Exclude<TwinKnob, { kind: 'scenario' }>, { twin }: SimulatedCluster): TwinCommand => {
  const { cursedNodes, vngsWithoutCapacity } = twin.switches
  switch (knob.kind) {
    case 'curse-node':
      return { kind: 'set-switches', switches: { cursedNodes: [...cursedNodes, knob.nodeName] } }
    case 'no-capacity':
      return { kind: 'set-switches', switches: { vngsWithoutCapacity: [...vngsWithoutCapacity, knob.vngId] } }
    case 'vanish-node':
      return { kind: 'vanish-node', nodeName: knob.nodeName }
    case 'controller':
      return { kind: 'silence-controller', isSilent: knob.isSilent }
    case 'switches':
      return { kind: 'set-switches', switches: knob.switches }
  }
}

const commandsFor = (knob: TwinKnob, cluster: SimulatedCluster): TwinCommand[] => {
  if (knob.kind !== 'scenario') return [commandFor(knob, cluster)]
  const { nodes, vngs, isControllerSilent } = cluster.twin.state
  const switches = switchesOf(knob.scenario, { nodes: nodes.values(), vngs: vngs.values() })
  return [...(isControllerSilent ? [{ kind: 'silence-controller', isSilent: false } as const] : []), { kind: 'set-switches', switches }]
}

const turn = ({ world }: Api, knob: TwinKnob): void => {
  const cluster = world.clusters.get(knob.clusterId)
  if (cluster === undefined) throw new AdminError(`Cluster ${knob.clusterId} is not known.`)
  world.advance()
  for (const command of commandsFor(knob, cluster)) {
    const outcome = cluster.twin.command(command)
    if (!outcome.ok) throw new AdminError(outcome.refusal.message)
  }
}

const changeTime = ({ world }: Api, body: unknown): void => {
  const { speed, skipMs, clockOffsetMs } = timeInput.parse(body)
  if (speed !== undefined) world.setSpeed(speed)
  if (skipMs !== undefined) world.skip(skipMs)
  if (clockOffsetMs !== undefined) world.setClockOffset(clockOffsetMs)
}

const addFault = ({ faults, closeIdle }: Api, body: unknown): void => {
  const added = fault.parse(body)
  faults.add(added)
  if (added.effect.kind === 'half-open') closeIdle()
}

const counts = ({ world }: Api): CountsAnswer => ({
  createdMigrations: Object.fromEntries([...world.clusters.values()].map(({ clusterId, createdMigrations }) => [clusterId, createdMigrations])),
})

const runs = ({ world }: Api): RunsAnswer => {
  world.advance()
  const answers = [...world.clusters.values()].flatMap(({ twin, courses }) =>
    [...twin.state.runs.values()].map(({ id, status, nodes, capacity }) => {
      const { steps, newNodes, gone, lostPods } = courses.of(id)
      const at = <Event extends { tMs: number }>({ tMs, ...event }: Event) => ({ ...event, atMs: world.wallOf(tMs) })
      const answer = {
        status,
        nodes: Object.fromEntries([...nodes].map(([name, node]) => [name, node.status])),
        scaledPools: [...capacity.keys()],
        course: steps.map((step) => ({ ...at(step), batch: nodes.get(step.nodeName)?.batch ?? 0 })),
        newNodes: newNodes.map(({ goneMs, ...node }) => ({ ...at(node), goneAtMs: goneMs === null ? null : world.wallOf(goneMs) })),
        goneNodes: gone.map(at),
        lostPods: lostPods.map(at),
      }
      return [id, answer] as const
    }),
  )
  return { runs: Object.fromEntries(answers) }
}

const adminRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/journal', handle: ({ journal }) => journal.entries },
  { method: 'DELETE', path: '/journal', handle: ({ journal }) => journal.clear() },
  { method: 'GET', path: '/counts', handle: counts },
  { method: 'GET', path: '/runs', handle: runs },
  { method: 'GET', path: '/faults', handle: ({ faults }) => faults.list() },
  { method: 'POST', path: '/faults', handle: addFault },
  { method: 'DELETE', path: '/faults', handle: ({ faults }) => faults.clear() },
  { method: 'POST', path: '/time', handle: changeTime },
  { method: 'POST', path: '/tokens', handle: ({ world }, body) => world.setToken(tokenInput.parse(body)) },
  { method: 'POST', path: '/twin', handle: (api, body) => turn(api, twinKnob.parse(body)) },
  { method: 'POST', path: '/wire', handle: ({ world }, body) => world.setWire(wireInput.parse(body)) },
]

const sentenceOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  if (error instanceof AdminError) return error.message
  throw error
}

/** Answers one request to the admin endpoint: fault switches, time, tokens, the journal. */
export const handleAdmin = async (api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const send = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const { path } = readTarget(request)
  const route = adminRoutes.find((known) => known.method === request.method && known.path === path)
  const body = await readBody(request)
  if (route === undefined) return void send(404, { error: 'There is no such switch. See docs/simulator.md.' })
  if (!body.ok) return void send(400, { error: 'The body is not JSON.' })
  try {
    send(200, route.handle(api, body.value) ?? {})
  } catch (error) {
    send(400, { error: sentenceOf(error) })
  }
}
