import type { ServerResponse } from 'node:http'
import type { Fault, FaultEffect, GarbageBody } from './admin-types'
import { mutateItems } from './mutate'

type Live = Fault & { left: number }

const concerns = (fault: Fault, method: string, path: string): boolean =>
  fault.effect.kind !== 'half-open' && (fault.method === undefined || fault.method === method) && path.includes(fault.pathContains) && path.endsWith(fault.pathEndsWith)

export const createFaults = () => {
  let live: Live[] = []
  const count = (hits: Live[]): FaultEffect[] => {
    for (const hit of hits) hit.left -= 1
    live = live.filter(({ left }) => left > 0)
    return hits.map(({ effect }) => effect)
  }
  return {
    add: (fault: Fault) => {
      live.push({ ...fault, left: fault.times })
    },
    clear: () => {
      live = []
    },
    list: (): readonly Live[] => live,
    /** The effects for this request, each counted down. */
    take: (method: string, path: string): FaultEffect[] => count(live.filter((fault) => concerns(fault, method, path))),
    /** Whether this new connection is to be left alone. */
    takesConnection: (): boolean => count(live.filter(({ effect }) => effect.kind === 'half-open').slice(0, 1)).length > 0,
  }
}
export type Faults = ReturnType<typeof createFaults>

const garbage: Record<Exclude<GarbageBody, 'wrong-length'>, string> = {
  html: '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>',
  empty: '',
  null: 'null',
  truncated: '{"request":{"id":"0"},"response":{"items":[{"nodeName":"aks-npweb-1',
  bom: '\uFEFF{"request":{},"response":{"items":[]}}',
}

type Answer = { status: number; body: unknown }
type Pause = (ms: number) => Promise<void>

/** Sends the beginning of a body whose announced length is another, then ends the connection. */
const sendPart = (response: ServerResponse, status: number, part: Buffer, announced: number): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': announced })
  response.write(part, () => response.socket?.destroy())
}

const sendGarbage = (response: ServerResponse, kind: GarbageBody, answer: Answer): void => {
  if (kind === 'wrong-length') {
    const whole = Buffer.from(JSON.stringify(answer.body))
    return sendPart(response, 200, whole, whole.length + 100)
  }
  const type = kind === 'html' ? 'text/html' : 'application/json'
  response.writeHead(200, { 'content-type': type }).end(garbage[kind])
}

const stepMs = 100

const sendSlowly = async (response: ServerResponse, answer: Answer, bytesPerSecond: number, pause: Pause): Promise<void> => {
  const whole = Buffer.from(JSON.stringify(answer.body))
  const step = Math.max(1, Math.round((bytesPerSecond * stepMs) / 1000))
  const waitMs = (step / bytesPerSecond) * 1000
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': whole.length })
  for (let sent = 0; sent < whole.length && !response.destroyed; sent += step) {
    response.write(whole.subarray(sent, sent + step))
    await pause(waitMs)
  }
  response.end()
}

const sendAs = async (response: ServerResponse, effect: FaultEffect, answer: Answer, pause: Pause): Promise<boolean> => {
  switch (effect.kind) {
    case 'hang-after':
      return true
    case 'reset-after':
      response.socket?.resetAndDestroy()
      return true
    case 'garbage':
      sendGarbage(response, effect.body, answer)
      return true
    case 'cut': {
      const whole = Buffer.from(JSON.stringify(answer.body))
      sendPart(response, answer.status, whole.subarray(0, effect.afterBytes), whole.length)
      return true
    }
    case 'stall': {
      const whole = Buffer.from(JSON.stringify(answer.body))
      response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': whole.length })
      response.flushHeaders()
      if (effect.afterBytes > 0) response.write(whole.subarray(0, Math.min(effect.afterBytes, whole.length - 1)))
      return true
    }
    case 'slow':
      await sendSlowly(response, answer, effect.bytesPerSecond, pause)
      return true
    default:
      return false
  }
}

/**
 * Sends an answer the way the effects want it; false where none of them concerns the sending. A body that is
 * cut keeps the length of the whole, so that its reader can tell.
 */
export const sendFaulty = async (response: ServerResponse, effects: FaultEffect[], answer: Answer, pause: Pause): Promise<boolean> => {
  for (const effect of effects) if (effect.kind === 'field') mutateItems(answer.body, effect)
  for (const effect of effects) if (await sendAs(response, effect, answer, pause)) return true
  return false
}
