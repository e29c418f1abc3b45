import { counted, say, type Engine } from './engine-context'
import { requestNode } from './launch'
import { createPacker, groupForPod } from './packing'
import type { Pod, TwinVng, Workload } from './types'

/** How long a pod waits before new capacity is asked for it. */
const patienceMs = 60_000
/** After a refusal by a limit or the cloud. */
export const tryAgainAfterMs = 600_000

/** Pods that nobody else cares for: a run asks for nodes for those that it has set free. */
const waiting = ({ state, work }: Engine): Pod[] => {
  const cared = [...work.values()].map(({ displaced }) => displaced)
  return [...state.pending].flatMap((id) => {
    const pod = state.pods.get(id)
    const isDue = pod !== undefined && state.nowMs - pod.createdAtMs >= patienceMs && !cared.some((ids) => ids.has(id))
    return isDue ? [pod] : []
  })
}

/** The group of each pending pod. Pods of one workload and zone fare alike: it is chosen once for them. */
const groupsForPods = (engine: Engine) => {
  const chosen = new Map<string, TwinVng | null>()
  return (pod: Pod, workload: Workload): TwinVng | null => {
    const kind = `${pod.workloadId} ${pod.volumeZone}`
    const known = chosen.get(kind)
    if (known !== undefined) return known
    const group = groupForPod(engine, null, workload, pod.volumeZone)
    chosen.set(kind, group)
    return group
  }
}

const isBusy = ({ launches, state, scaleUpNotBeforeMs, switches }: Engine): boolean => {
  for (const { runId } of launches.values()) if (runId === null) return true
  return !switches.isAutoscaled || state.isControllerSilent || state.nowMs < scaleUpNotBeforeMs
}

/**
 * Asks for nodes for pods that have been pending for a minute, one wave at a time (Ocean AKS, Autoscaling):
 * each pod's group is the one Ocean chooses for it. Pods that no group takes are left pending.
 */
export const scaleForPending = (engine: Engine): void => {
  if (engine.state.pending.size === 0 || isBusy(engine)) return
  const packer = createPacker(engine, null)
  const groupOf = groupsForPods(engine)
  let taken = 0
  for (const pod of waiting(engine)) {
    const workload = engine.state.workloads.get(pod.workloadId)
    const group = workload ? groupOf(pod, workload) : null
    if (workload && group && packer.add({ pod, workload, group, old: null }, false)) taken += 1
  }
  if (taken === 0) return
  say(engine, 'INFO', `Scaling up ${counted(packer.wishes.length, 'new node')} for ${counted(taken, 'pending pod')}.`)
  const failures = packer.wishes.map((wish) => requestNode(engine, wish).failure)
  if (failures.some((failure) => failure !== null)) engine.scaleUpNotBeforeMs = engine.state.nowMs + tryAgainAfterMs
}
