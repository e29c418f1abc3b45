import { z } from 'zod'
import { discover as findMovable } from '@/lib/twin/views'
import { onCluster, type Handler } from '../call'
import { keptRun, keptRuns } from '../kept-runs'
import { discoveredView } from '../views/node-view'
import { runView } from '../views/run-view'
import { invalidBody, items, notFound, refused } from '../wire'

const kinds = { create: 'spotinst:ocean:azure:np:migration', others: 'spotinst:azure:ocean:workloadMigration' } as const

const percentage = z.number('must be a number').int('must be a whole number').min(1, 'must be at least 1').max(100, 'must be at most 100')
const names = z.array(z.string().min(1)).nullish().transform((list) => (list == null || list.length === 0 ? null : list))

const createBody = z.strictObject({
  nodeNames: names,
  nodePoolNames: names,
  batchSizePercentage: percentage.nullish().transform((value) => value ?? 20),
  batchMinHealthyPercentage: percentage.nullish().transform((value) => value ?? 50),
  respectPdb: z.boolean().default(true),
  respectRestrictScaleDown: z.boolean().default(false),
  shouldTerminateNodes: z.boolean().default(true),
  shouldEvictStandalonePods: z.boolean().default(true),
  comment: z.string().max(256, 'must be at most 256 characters long').nullish().transform((value) => value ?? null),
})

/** Get Migration Discovery. The vendor's Python client writes `True`. */
export const discover: Handler = onCluster(({ world, query }, { twin }) => {
  const withPods = query.get('shouldFetchPods')?.toLowerCase() === 'true'
  return items('spotinst:ocean:azure:k8s:np:nodePoolUnmanaged', findMovable(twin.state).map((found) => discoveredView(world, found, withPods)))
})

export const createMigration: Handler = onCluster(({ world, body }, cluster) => {
  const parsed = createBody.safeParse(body)
  if (!parsed.success) return invalidBody(parsed.error)
  const { nodeNames, nodePoolNames, comment, ...options } = parsed.data
  const started = cluster.twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames, comment, options } })
  if (!started.ok) return refused(started.refusal)
  return items(kinds.create, [runView(world, cluster.twin.state, cluster.clusterId, started.value)])
})

export const listMigrations: Handler = onCluster(({ world }, cluster) =>
  items(kinds.others, keptRuns(world, cluster, 'migration').map((run) => runView(world, cluster.twin.state, cluster.clusterId, run))),
)

export const getMigration: Handler = onCluster(({ world, params }, cluster) => {
  const run = keptRun(world, cluster, 'migration', params.migrationId)
  return run ? items(kinds.others, [runView(world, cluster.twin.state, cluster.clusterId, run)]) : notFound(`Migration ${params.migrationId}`)
})

export const stopMigration: Handler = onCluster(({ world, params }, cluster) => {
  const run = keptRun(world, cluster, 'migration', params.migrationId)
  if (run === null) return notFound(`Migration ${params.migrationId}`)
  const stopped = cluster.twin.command({ kind: 'stop-run', runId: run.id })
  return stopped.ok ? items(kinds.others, [runView(world, cluster.twin.state, cluster.clusterId, stopped.value)]) : refused(stopped.refusal)
})
