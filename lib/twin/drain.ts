import { allowedDisruptions } from './budget'
import { say, type Engine } from './engine-context'
import { drainablePods, removePod } from './pods'
import { endNode } from './run-node'
import type { Pod, TwinRun, Workload } from './types'

const evictionsSpreadMs = 120_000
const retryEvictionMs = 5_000
const forceAfterMs = 60_000
const terminationMs = 45_000

const workloadOf = (engine: Engine, pod: Pod): Workload | undefined => engine.state.workloads.get(pod.workloadId)

const drainingTimeoutMs = (engine: Engine, run: TwinRun, nodeName: string): number => {
  const vngId = run.nodes.get(nodeName)?.vngId
  const seconds = vngId == null ? undefined : engine.state.vngs.get(vngId)?.drainingTimeoutSeconds
  return (seconds ?? engine.state.cluster.template.drainingTimeoutSeconds) * 1000
}

/** What keeps a node from being drained at all under these options, before anything is evicted. */
const refusal = (engine: Engine, run: TwinRun, pods: Pod[]): 'restricted' | 'standalone' | null => {
  const workloads = pods.map((pod) => workloadOf(engine, pod))
  if (run.options.respectRestrictScaleDown && workloads.some((workload) => workload?.isScaleDownRestricted)) return 'restricted'
  if (!run.options.shouldEvictStandalonePods && workloads.some((workload) => workload?.kind === 'Standalone')) return 'standalone'
  return null
}

/** Begins to empty a node whose replacement is up: evictions are spread over two minutes. */
export const startDrain = (engine: Engine, run: TwinRun, nodeName: string): void => {
  const pods = drainablePods(engine, nodeName)
  const reason = refusal(engine, run, pods)
  if (reason === 'restricted') {
    say(engine, 'WARN', `Node ${nodeName} was not replaced: a pod on it restricts scale down.`, nodeName)
    return endNode(engine, run, nodeName, 'NOT_REPLACED_DUE_TO_RSD')
  }
  if (reason === 'standalone') {
    say(engine, 'WARN', `Node ${nodeName} was not replaced: it runs stand-alone pods that have to be moved by hand.`, nodeName)
    return endNode(engine, run, nodeName, 'COULD_NOT_BE_REPLACED')
  }
  if (pods.length === 0) return finishDrain(engine, run, nodeName)
  say(engine, 'INFO', `Draining node ${nodeName}: ${pods.length} pod${pods.length === 1 ? '' : 's'} to evict.`, nodeName)
  pods.forEach((pod, index) => {
    const delayMs = Math.round((index * evictionsSpreadMs) / pods.length)
    engine.after(delayMs, { kind: 'evict', runId: run.id, nodeName, podName: pod.name, firstTryMs: engine.state.nowMs + delayMs })
  })
  engine.after(drainingTimeoutMs(engine, run, nodeName), { kind: 'drain-deadline', runId: run.id, nodeName })
}

type Eviction = { nodeName: string; podName: string; firstTryMs: number }

/**
 * One try to evict one pod, by Kubernetes' rule: refused while its budget allows no disruption, and tried
 * again. Without respect for budgets the pod is removed by force after a minute of refusals.
 */
export const tryEviction = (engine: Engine, run: TwinRun, { nodeName, podName, firstTryMs }: Eviction): void => {
  const { state } = engine
  const pod = state.pods.get(podName)
  if (run.nodes.get(nodeName)?.status !== 'IN_PROGRESS' || pod?.nodeName !== nodeName) return
  const pdbId = workloadOf(engine, pod)?.pdbId
  const pdb = pdbId == null ? undefined : state.pdbs.get(pdbId)
  const isAllowed = pod.phase !== 'running' || pdb === undefined || allowedDisruptions(state, pdb) > 0
  const isForced = !isAllowed && !run.options.respectPdb && state.nowMs - firstTryMs >= forceAfterMs
  if (!isAllowed && !isForced) {
    engine.after(retryEvictionMs, { kind: 'evict', runId: run.id, nodeName, podName, firstTryMs })
    return
  }
  removePod(engine, podName, isForced ? 'forced' : 'evicted')
  if (drainablePods(engine, nodeName).length === 0) finishDrain(engine, run, nodeName)
}

const finishDrain = (engine: Engine, run: TwinRun, nodeName: string): void => {
  if (run.options.shouldTerminateNodes) engine.after(terminationMs, { kind: 'remove-node', nodeName })
  endNode(engine, run, nodeName, 'REPLACED')
}

/** The draining timeout: what a budget still holds keeps its node; anything else goes with the node. */
export const meetDeadline = (engine: Engine, run: TwinRun, nodeName: string): void => {
  if (run.nodes.get(nodeName)?.status !== 'IN_PROGRESS') return
  const left = drainablePods(engine, nodeName)
  const held = left.filter((pod) => workloadOf(engine, pod)?.pdbId != null)
  if (run.options.respectPdb && held.length > 0) {
    const budgets = [...new Set(held.map((pod) => engine.state.pdbs.get(workloadOf(engine, pod)?.pdbId ?? '')?.name ?? ''))]
    say(engine, 'WARN', `Node ${nodeName} was not replaced: Pod Disruption Budget ${budgets.join(', ')} allowed no disruption before the draining timeout.`, nodeName)
    return endNode(engine, run, nodeName, 'NOT_REPLACED_DUE_TO_PDB')
  }
  for (const pod of left) removePod(engine, pod.name, 'forced')
  finishDrain(engine, run, nodeName)
}
