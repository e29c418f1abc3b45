import { podsToMove, startDrain } from './drain'
import { counted, say, titleOf, type Engine, type RunWork } from './engine-context'
import { groupFor } from './groups'
import { requestNode, requestNothing, type NodeWish } from './launch'
import { createPacker, groupForPod } from './packing'
import { noteAsked, showCapacity } from './run-capacity'
import type { Pod, TwinNode, TwinRun, TwinVng } from './types'

type Packer = ReturnType<typeof createPacker>

const packNode = (engine: Engine, run: TwinRun, packer: Packer, old: TwinNode, match: TwinVng): void => {
  const { state, switches } = engine
  const isCursed = switches.cursedNodes.includes(old.name) || switches.cursedBatches.includes(run.currentBatch)
  for (const pod of podsToMove(engine, run, old.name)) {
    const workload = state.workloads.get(pod.workloadId)
    if (workload === undefined || workload.kind === 'Standalone' || pod.phase === 'terminating') continue
    const group = groupForPod(engine, match, workload, pod.volumeZone)
    const isPlaced = group !== null && packer.add({ pod, workload, group, old }, isCursed)
    if (!isPlaced) say(engine, 'WARN', `No virtual node group can take pod ${pod.id} from node ${old.name}.`, old.name)
  }
}

const ask = (engine: Engine, run: TwinRun, work: RunWork, wishes: NodeWish[]): void => {
  for (const wish of wishes) {
    const { poolName } = requestNode(engine, wish)
    noteAsked(work, poolName, wish.vng.id)
    for (const name of wish.oldNodes) {
      const wait = work.waits.get(name)
      if (wait) wait.left += 1
    }
  }
  showCapacity(engine, run, work)
  if (wishes.length > 0) say(engine, 'INFO', `Scaling up ${counted(wishes.length, 'new node')} for ${titleOf(run).toLowerCase()}.`, run.id)
}

/**
 * Asks for the new nodes that the pods of the batch need. An old node waits for every new node that is meant
 * for its pods; one without pods to move is drained at once.
 */
export const scaleUp = (engine: Engine, run: TwinRun, work: RunWork, nodeNames: string[]): void => {
  const packer = createPacker(engine, run.id)
  for (const name of nodeNames) {
    const old = engine.state.nodes.get(name)
    const match = old === undefined ? null : groupFor(engine.state, old)
    work.waits.set(name, { left: match === null ? 1 : 0, hasFailed: false })
    if (old === undefined) continue
    if (match === null) requestNothing(engine, run.id, name)
    else packNode(engine, run, packer, old, match)
  }
  ask(engine, run, work, packer.wishes)
  for (const name of nodeNames) if (work.waits.get(name)?.left === 0) startDrain(engine, run, name)
}

/** Asks for further nodes for pods that the run has set free and that found no place. */
export const topUp = (engine: Engine, run: TwinRun, work: RunWork, pods: Pod[]): void => {
  const packer = createPacker(engine, run.id)
  for (const pod of pods) {
    const workload = engine.state.workloads.get(pod.workloadId)
    const group = workload ? groupForPod(engine, null, workload, pod.volumeZone) : null
    if (workload && group) packer.add({ pod, workload, group, old: null }, false)
  }
  ask(engine, run, work, packer.wishes)
}
