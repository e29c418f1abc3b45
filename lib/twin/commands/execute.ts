import type { Engine } from '../engine-context'
import type { Outcome, TwinCommand } from '../types'
import { launchNodes } from './launch-nodes'
import { detachNodes, silenceController, vanishNode } from './nodes'
import { startRoll } from './start-roll'
import { startRun } from './start-run'
import { stopRun } from './stop-run'
import { createVng, deleteVng, updateVng } from './vngs'

const done: Outcome<null> = { ok: true, value: null }

/** Carries out one command, now. */
export const execute = (engine: Engine, command: TwinCommand): Outcome<unknown> => {
  switch (command.kind) {
    case 'start-run':
      return startRun(engine, command.input)
    case 'start-roll':
      return startRoll(engine, command.input)
    case 'stop-run':
      return stopRun(engine, command.runId)
    case 'create-vng':
      return createVng(engine, command.name, command.settings)
    case 'update-vng':
      return updateVng(engine, command.vngId, command.name, command.settings)
    case 'delete-vng':
      return deleteVng(engine, command.vngId)
    case 'change-cluster':
      engine.emit({ kind: 'cluster-changed', cluster: { ...engine.state.cluster, ...command.change, updatedAtMs: engine.state.nowMs } })
      return done
    case 'launch-nodes':
      return launchNodes(engine, command.input)
    case 'detach-nodes':
      return detachNodes(engine, command.nodeNames)
    case 'silence-controller':
      silenceController(engine, command.isSilent)
      return done
    case 'vanish-node':
      return vanishNode(engine, command.nodeName)
    case 'set-switches':
      Object.assign(engine.switches, command.switches)
      return done
  }
}
