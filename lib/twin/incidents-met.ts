import { silenceController, vanishNode } from './commands/nodes'
import { say, type Engine } from './engine-context'
import { removeNode } from './pods'
import { askToStop } from './stop'
import type { Incident, TwinNode, TwinRun } from './types'

/** Azure tells a spot machine this long before it takes it back. */
const noticeMs = 30_000
/** An incident that finds nothing to happen to looks again after this. */
const lookAgainMs = 15_000

const oldNodeOf = ({ state }: Engine, run: TwinRun): string | undefined =>
  run.batches[run.currentBatch - 1]?.find((name) => run.nodes.get(name)?.status === 'IN_PROGRESS' && state.nodes.has(name))

const newSpotNode = ({ state }: Engine, run: TwinRun): TwinNode | undefined => {
  for (const node of state.nodes.values())
    if (node.vngId !== null && node.lifecycle === 'Spot' && node.isReady && !node.isCordoned && node.createdAtMs >= run.createdAtMs) return node
  return undefined
}

/** The cloud gives notice to a new spot node; nothing is scheduled on it any more. False when there is none. */
const giveNotice = (engine: Engine, run: TwinRun): boolean => {
  const node = newSpotNode(engine, run)
  if (node === undefined) return false
  say(engine, 'WARN', `Azure takes back spot node ${node.name} in ${noticeMs / 1000} seconds.`, node.name)
  engine.emit({ kind: 'node-cordoned', nodeName: node.name, isCordoned: true })
  engine.after(noticeMs, { kind: 'take-back', nodeName: node.name })
  return true
}

const vanish = (engine: Engine, run: TwinRun): boolean => {
  const nodeName = oldNodeOf(engine, run)
  if (nodeName !== undefined) vanishNode(engine, nodeName)
  return nodeName !== undefined
}

const happens = (engine: Engine, run: TwinRun, { kind }: Incident): boolean => {
  switch (kind) {
    case 'controller-falls-silent':
      silenceController(engine, true)
      return true
    case 'stop-asked':
      askToStop(engine, run)
      return true
    case 'old-node-vanishes':
      return vanish(engine, run)
    case 'new-spot-node-evicted':
      return giveNotice(engine, run)
  }
}

/** Lets an incident happen; one that has nothing to happen to yet waits for it as long as the run goes on. */
export const meetIncident = (engine: Engine, run: TwinRun, incident: Incident): void => {
  if (run.status !== 'IN_PROGRESS') return
  if (!happens(engine, run, incident)) engine.after(lookAgainMs, { kind: 'incident', runId: run.id, incident })
}

/** The end of a spot node's notice: its pods are lost and made anew elsewhere. */
export const takeBack = (engine: Engine, nodeName: string): void => {
  if (!engine.state.nodes.has(nodeName)) return
  removeNode(engine, nodeName)
  say(engine, 'WARN', `Spot node ${nodeName} was taken back by Azure.`, nodeName)
}
