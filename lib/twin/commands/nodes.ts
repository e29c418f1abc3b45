import { say, type Engine } from '../engine-context'
import { removeNode } from '../pods'
import { loseNode } from '../run-node'
import type { Outcome } from '../types'
import { invalid, listed, missing } from './refuse'

/** Takes nodes out of Ocean's hands; they stay in the cluster (Spot API, Detach Nodes). */
export const detachNodes = (engine: Engine, nodeNames: string[]): Outcome<null> => {
  const foreign = nodeNames.filter((name) => engine.state.nodes.get(name)?.vngId == null)
  if (foreign.length > 0) return invalid('nodeNamesToDetach', `Nodes are not managed by Ocean: ${listed(foreign)}`)
  for (const nodeName of new Set(nodeNames)) {
    engine.emit({ kind: 'node-detached', nodeName })
    say(engine, 'INFO', `Node ${nodeName} was detached.`, nodeName)
  }
  return { ok: true, value: null }
}

/** A node that disappears without a drain: its pods are lost and made anew. */
export const vanishNode = (engine: Engine, nodeName: string): Outcome<null> => {
  if (!engine.state.nodes.has(nodeName)) return missing(`Node ${nodeName} was not found.`)
  removeNode(engine, nodeName)
  for (const runId of [...engine.work.keys()]) {
    const run = engine.state.runs.get(runId)
    if (run?.nodes.get(nodeName)?.status === 'IN_PROGRESS') loseNode(engine, run, nodeName)
  }
  return { ok: true, value: null }
}

/** Lets the controller fall silent, or report again. */
export const silenceController = (engine: Engine, isSilent: boolean): void => {
  if (engine.state.isControllerSilent === isSilent) return
  engine.emit({ kind: 'controller-silenced', isSilent })
  say(engine, isSilent ? 'WARN' : 'INFO', isSilent ? 'The controller has stopped reporting.' : 'The controller reports again.')
}
