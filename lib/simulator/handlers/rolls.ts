import type { TwinRun } from '@/lib/twin/types'
import { rollBody } from '../bodies/roll-body'
import { onCluster, type Handler } from '../call'
import { keptRun, keptRuns } from '../kept-runs'
import { rollView } from '../views/roll-view'
import { invalidBody, items, notFound, refused } from '../wire'
import type { SimulatedCluster, World } from '../world'

const kind = 'spotinst:ocean:azure:np:roll'

const shown = (world: World, { clusterId }: SimulatedCluster, runs: TwinRun[]) => items(kind, runs.map((run) => rollView(world, clusterId, run)))

export const createRoll: Handler = onCluster(({ world, body }, cluster) => {
  const parsed = rollBody.safeParse(body)
  if (!parsed.success) return invalidBody(parsed.error)
  const { vngIds, nodePoolNames, nodeNames, comment, ...given } = parsed.data
  const options = { ...given, shouldTerminateNodes: true, shouldEvictStandalonePods: true }
  const started = cluster.twin.command({ kind: 'start-roll', input: { vngIds, nodePoolNames, nodeNames, comment, options } })
  return started.ok ? shown(world, cluster, [started.value]) : refused(started.refusal)
})

export const listRolls: Handler = onCluster(({ world }, cluster) => shown(world, cluster, keptRuns(world, cluster, 'roll')))

export const getRoll: Handler = onCluster(({ world, params }, cluster) => {
  const roll = keptRun(world, cluster, 'roll', params.rollId)
  return roll === null ? notFound(`Roll ${params.rollId}`) : shown(world, cluster, [roll])
})

export const stopRoll: Handler = onCluster(({ world, params }, cluster) => {
  const roll = keptRun(world, cluster, 'roll', params.rollId)
  if (roll === null) return notFound(`Roll ${params.rollId}`)
  const stopped = cluster.twin.command({ kind: 'stop-run', runId: roll.id })
  return stopped.ok ? shown(world, cluster, [stopped.value]) : refused(stopped.refusal)
})
