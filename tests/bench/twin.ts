import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import { ratio } from './measure'

const minuteMs = 60_000

const toTheEnd = (nodes: number, pods: number) => {
  const spec = generateCluster({ seed: 7, clusterId: 'o-bench', name: 'bench', nodes, pods, scenario: 'calm' })
  const twin = createTwin({ spec, seed: 7 })
  const nodeNames = spec.nodes.filter(({ vngId, mode }) => vngId === null && mode === 'user').map(({ name }) => name)
  const options = { batchSizePercentage: 10, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }
  const startedAt = performance.now()
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  twin.runToEnd()
  const run = twin.state.runs.get(outcome.value.id)
  if (run?.endedAtMs == null) throw new Error('The run did not end.')
  return { nodes, pods, ms: Math.round(performance.now() - startedAt), twinMinutes: Math.round(run.endedAtMs / minuteMs), status: run.status }
}

/** A migration of a whole cluster, alone in this process; ten times the cluster should take about ten times as long. */
export const benchTwin = () => {
  toTheEnd(100, 1_000)
  const small = toTheEnd(100, 1_000)
  const large = toTheEnd(1_000, 10_000)
  return { small, large, largeToSmall: ratio(large.ms, Math.max(1, small.ms)) }
}
