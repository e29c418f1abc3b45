import { budgetsOf, mayEvict } from './budget'
import { restrictsScaleDown } from './constraints'
import { counted, say, type Engine } from './engine-context'
import { groupById } from './groups'
import { drainablePods, evict } from './pods'
import { between } from './random'
import { endNode } from './run-node'
import type { Pod, TwinAction, TwinRun } from './types'

const evictionsSpreadMs = 120_000
const retryEvictionMs = 5_000
const forceAfterMs = 60_000
const terminationMs = { low: 30_000, high: 75_000 }

const drainingTimeoutMs = ({ state }: Engine, run: TwinRun, nodeName: string): number => {
  const vngId = run.nodes.get(nodeName)?.vngId
  const group = vngId == null ? null : groupById(state, vngId)
  return (group ?? state.cluster.template).drainingTimeoutSeconds * 1000
}

const isStandalone = ({ state }: Engine, pod: Pod) => state.workloads.get(pod.workloadId)?.kind === 'Standalone'

/** Whether a pod on the node restricts scale down. */
export const isScaleDownRestricted = (engine: Engine, nodeName: string): boolean =>
  drainablePods(engine, nodeName).some((pod) => {
    const workload = engine.state.workloads.get(pod.workloadId)
    return workload !== undefined && restrictsScaleDown(workload)
  })

/** Pods that this run is to move off the node: stand-alone ones only where the option says so. */
export const podsToMove = (engine: Engine, run: TwinRun, nodeName: string): Pod[] =>
  drainablePods(engine, nodeName).filter((pod) => run.options.shouldEvictStandalonePods || !isStandalone(engine, pod))

/** Begins to empty a node whose replacement is up: evictions are spread over two minutes. */
export const startDrain = (engine: Engine, run: TwinRun, nodeName: string): void => {
  const node = run.nodes.get(nodeName)
  if (node === undefined) return
  const pods = podsToMove(engine, run, nodeName).filter(({ phase }) => phase !== 'terminating')
  say(engine, 'INFO', `Draining node ${nodeName}: ${counted(pods.length, 'pod')} to evict.`, nodeName)
  if (isDrained(engine, run, nodeName)) return finishDrain(engine, run, nodeName)
  pods.forEach((pod, index) => {
    const delayMs = Math.round((index * evictionsSpreadMs) / pods.length)
    engine.after(delayMs, { kind: 'evict', run, node, pod, budgets: budgetsOf(engine.state, pod), firstTryMs: engine.state.nowMs + delayMs })
  })
  engine.after(drainingTimeoutMs(engine, run, nodeName), { kind: 'drain-deadline', runId: run.id, nodeName })
}

type Eviction = Extract<TwinAction, { kind: 'evict' }>

/**
 * One try to evict one pod, by Kubernetes' rule: refused while its budget allows no disruption, and tried
 * again. Without respect for budgets the pod is removed by force after a minute of refusals. It is the
 * controller that evicts: while it is silent nothing goes.
 */
export const tryEviction = (engine: Engine, action: Eviction): void => {
  const { state } = engine
  const { run, node, pod, budgets, firstTryMs } = action
  if (run.isStopping || node.status !== 'IN_PROGRESS') return
  if (pod.nodeName !== node.nodeName || pod.phase === 'terminating') return
  const isForced = !run.options.respectPdb && state.nowMs - firstTryMs >= forceAfterMs
  if (state.isControllerSilent || (!isForced && !mayEvict(pod, budgets))) return engine.agenda.addBehind(state.nowMs + retryEvictionMs, action)
  evict(engine, pod, isForced)
}

/** Asked after every pod that leaves a node, so it stops at the first pod that is still to go. */
const isDrained = ({ state }: Engine, run: TwinRun, nodeName: string): boolean => {
  for (const { workloadId } of state.loads.get(nodeName)?.pods ?? []) {
    const kind = state.workloads.get(workloadId)?.kind
    if (kind !== 'DaemonSet' && (kind !== 'Standalone' || run.options.shouldEvictStandalonePods)) return false
  }
  return true
}

/** After a pod has left a node: the last one to leave ends the drain. */
export const checkDrained = (engine: Engine, nodeName: string): void => {
  for (const runId of engine.work.keys()) {
    const run = engine.state.runs.get(runId)
    const isDraining = run?.nodes.get(nodeName)?.status === 'IN_PROGRESS' && engine.work.get(runId)?.waits.get(nodeName)?.left === 0
    if (run && isDraining && isDrained(engine, run, nodeName)) finishDrain(engine, run, nodeName)
  }
}

const finishDrain = (engine: Engine, run: TwinRun, nodeName: string): void => {
  const kept = drainablePods(engine, nodeName)
  if (kept.length > 0) {
    say(engine, 'WARN', `Node ${nodeName} was not replaced: ${counted(kept.length, 'stand-alone pod')} must be moved by hand.`, nodeName)
    return endNode(engine, run, nodeName, 'COULD_NOT_BE_REPLACED')
  }
  if (run.options.shouldTerminateNodes) planTermination(engine, run, nodeName)
  endNode(engine, run, nodeName, 'REPLACED')
}

const planTermination = (engine: Engine, run: TwinRun, nodeName: string): void => {
  if (engine.switches.termination === 'after-run') engine.work.get(run.id)?.toRemove.push(nodeName)
  else terminate(engine, run, nodeName)
}

/** Deletes a drained node after the time Azure takes for it. */
export const terminate = (engine: Engine, run: TwinRun, nodeName: string): void => {
  engine.work.get(run.id)?.terminating.add(nodeName)
  engine.after(between(engine.random, terminationMs.low, terminationMs.high), { kind: 'terminate-node', runId: run.id, nodeName })
}

/** The draining timeout: what a budget still holds keeps its node; anything else goes with the node. */
export const meetDeadline = (engine: Engine, run: TwinRun, nodeName: string): void => {
  if (run.isStopping || run.nodes.get(nodeName)?.status !== 'IN_PROGRESS') return
  if (engine.state.isControllerSilent) return engine.after(retryEvictionMs, { kind: 'drain-deadline', runId: run.id, nodeName })
  const left = podsToMove(engine, run, nodeName).filter(({ phase }) => phase !== 'terminating')
  const budgets = new Set(left.flatMap((pod) => budgetsOf(engine.state, pod).map(({ pdb }) => pdb.name)))
  if (run.options.respectPdb && budgets.size > 0) {
    const names = [...budgets].join(', ')
    say(engine, 'WARN', `Node ${nodeName} was not replaced: Pod Disruption Budget ${names} allowed no disruption before the draining timeout.`, nodeName)
    return endNode(engine, run, nodeName, 'NOT_REPLACED_DUE_TO_PDB')
  }
  for (const pod of left) evict(engine, pod, true)
}
