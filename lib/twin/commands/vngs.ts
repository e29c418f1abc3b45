import type { Engine } from '../engine-context'
import { driveOff } from '../pods'
import { letters } from '../random'
import type { Outcome, TwinNode, TwinVng, VngSettings } from '../types'
import { conflict, invalid, missing } from './refuse'

const freshVngId = ({ random, state }: Engine): string => {
  for (;;) {
    const id = `vng-${letters(random, 8)}`
    if (!state.vngs.has(id)) return id
  }
}

const nameOf = (engine: Engine, name: string, ownId: string | null): Outcome<string> => {
  for (const vng of engine.state.vngs.values())
    if (vng.name === name && vng.id !== ownId) return invalid('name', `A virtual node group named ${name} already exists in this cluster.`)
  return { ok: true, value: name }
}

const limitsFault = ({ minCount, maxCount }: VngSettings) =>
  minCount > maxCount ? invalid('nodeCountLimits', 'minCount must not be greater than maxCount') : null

/** Makes a group; whatever is left out comes from the template (Spot API, Create virtual node group). */
export const createVng = (engine: Engine, name: string, settings: Partial<VngSettings>): Outcome<TwinVng> => {
  const { state, emit } = engine
  const named = nameOf(engine, name, null)
  if (!named.ok) return named
  const vng: TwinVng = { ...state.cluster.template, extra: {}, ...settings, id: freshVngId(engine), name, createdAtMs: state.nowMs, updatedAtMs: state.nowMs }
  const fault = limitsFault(vng)
  if (fault) return fault
  emit({ kind: 'vng-set', vng })
  return { ok: true, value: vng }
}

/** A change of labels or taints reaches the group's running nodes too (Ocean AKS, Virtual node groups); pods go where one drives them off. */
const relabel = (engine: Engine, node: TwinNode, before: TwinVng, after: TwinVng): void => {
  const kept = Object.entries(node.labels).filter(([key]) => !(key in before.labels))
  const old = new Set(before.taints.map(({ key, effect }) => `${key}:${effect}`))
  const taints = [...node.taints.filter(({ key, effect }) => !old.has(`${key}:${effect}`)), ...after.taints]
  engine.emit({ kind: 'node-relabelled', nodeName: node.name, labels: { ...Object.fromEntries(kept), ...after.labels }, taints })
  driveOff(engine, node.name)
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

export const updateVng = (engine: Engine, vngId: string, name: string | undefined, settings: Partial<VngSettings>): Outcome<TwinVng> => {
  const { state, emit } = engine
  const before = state.vngs.get(vngId)
  if (before === undefined) return missing(`Virtual node group ${vngId} was not found.`)
  const named = nameOf(engine, name ?? before.name, vngId)
  if (!named.ok) return named
  const vng: TwinVng = { ...before, ...settings, name: named.value, updatedAtMs: state.nowMs }
  const fault = limitsFault(vng)
  if (fault) return fault
  emit({ kind: 'vng-set', vng })
  if (!isSame([before.labels, before.taints], [vng.labels, vng.taints]))
    for (const node of [...state.nodes.values()]) if (node.vngId === vngId) relabel(engine, node, before, vng)
  return { ok: true, value: vng }
}

/** A group with nodes, or with nodes on their way, is not deleted; what the vendor does with its nodes is not documented. */
export const deleteVng = ({ state, coming, emit }: Engine, vngId: string): Outcome<null> => {
  if (!state.vngs.has(vngId)) return missing(`Virtual node group ${vngId} was not found.`)
  const count = (state.nodesByVng.get(vngId) ?? 0) + (coming.byVng.get(vngId) ?? 0)
  if (count > 0) return conflict('VNG_IN_USE', `Virtual node group ${vngId} still has nodes: ${count}.`)
  emit({ kind: 'vng-deleted', vngId })
  return { ok: true, value: null }
}
