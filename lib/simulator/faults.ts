import type { ServerResponse } from 'node:http'
import type { Fault, FaultEffect } from './admin-types'

type Live = Fault & { left: number }

export const createFaults = () => {
  let live: Live[] = []
  return {
    add: (fault: Fault) => {
      live.push({ ...fault, left: fault.times })
    },
    clear: () => {
      live = []
    },
    /** The effects for this request, each counted down. */
    take: (method: string, path: string): FaultEffect[] => {
      const hits = live.filter((fault) => (fault.method === undefined || fault.method === method) && path.includes(fault.pathContains))
      for (const hit of hits) hit.left -= 1
      live = live.filter(({ left }) => left > 0)
      return hits.map(({ effect }) => effect)
    },
  }
}
export type Faults = ReturnType<typeof createFaults>

const garbage: Record<Extract<FaultEffect, { kind: 'garbage' }>['body'], string> = {
  html: '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>',
  empty: '',
  null: 'null',
  truncated: '{"request":{"id":"0"},"response":{"items":[{"nodeName":"aks-npweb-1',
  bom: '\uFEFF{"request":{},"response":{"items":[]}}',
}

type Item = Record<string, unknown>

/** Replaces or removes a dotted path in every item of an envelope's body. */
const mutateItems = (body: unknown, path: string, value: unknown): void => {
  const list = (body as { response?: { items?: Item[] } }).response?.items ?? []
  const keys = path.split('.')
  const last = keys.pop() as string
  for (const item of list) {
    let targets: Item[] = [item]
    for (const key of keys) targets = targets.flatMap((target) => [target[key]].flat()).filter((next): next is Item => typeof next === 'object' && next !== null)
    for (const target of targets) {
      if (value === undefined) delete target[last]
      else target[last] = value
    }
  }
}

/**
 * Sends an answer the way the effects want it. Returns false where none of them concerns the sending.
 * A body that was cut keeps the length of the whole, so that the reader can tell.
 */
export const sendFaulty = (response: ServerResponse, effects: FaultEffect[], answer: { status: number; body: unknown }): boolean => {
  for (const effect of effects) if (effect.kind === 'field') mutateItems(answer.body, effect.path, effect.value)
  const effect = effects.find(({ kind }) => kind !== 'latency' && kind !== 'field')
  if (effect === undefined) return false
  if (effect.kind === 'hang-after' || effect.kind === 'hang-before') return true
  if (effect.kind === 'reset-after' || effect.kind === 'reset-before') {
    response.socket?.resetAndDestroy()
    return true
  }
  if (effect.kind === 'garbage') {
    response.writeHead(200, { 'content-type': effect.body === 'html' ? 'text/html' : 'application/json' }).end(garbage[effect.body])
    return true
  }
  if (effect.kind === 'cut') {
    const whole = Buffer.from(JSON.stringify(answer.body))
    response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': whole.length })
    response.write(whole.subarray(0, effect.afterBytes), () => response.socket?.destroy())
    return true
  }
  return false
}
