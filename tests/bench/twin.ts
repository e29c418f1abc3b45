import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import { ratio } from './measure'

const minuteMs = 60_000
const options = { batchSizePercentage: 10, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is in use once everything that nobody holds is gone. */
const heapBytes = (): number => {
  for (let turn = 0; turn < 3; turn += 1) collect()
  return process.memoryUsage().heapUsed
}

type Made = { nodes: number; pods: number; generateMs: number; ms: number; events: number; heapBytes: number; twinMinutes: number; status: string }

/** A migration of all that can be moved. The heap is that of the cluster, the twin at the run's end, and all events of the run. */
const toTheEnd = (nodes: number, pods: number): Made => {
  const heapBefore = heapBytes()
  const madeAt = performance.now()
  const spec = generateCluster({ seed: 7, clusterId: 'o-bench', name: 'bench', nodes, pods, scenario: 'calm' })
  const generateMs = Math.round(performance.now() - madeAt)
  const twin = createTwin({ spec, seed: 7 })
  const nodeNames = spec.nodes.filter(({ vngId, mode }) => vngId === null && mode === 'user').map(({ name }) => name)
  const startedAt = performance.now()
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const events = twin.runToEnd()
  const ms = Math.round(performance.now() - startedAt)
  const used = heapBytes() - heapBefore
  const run = twin.state.runs.get(outcome.value.id)
  if (run?.endedAtMs == null) throw new Error('The run did not end.')
  return { nodes, pods: spec.pods.length, generateMs, ms, events: events.length, heapBytes: used, twinMinutes: Math.round(run.endedAtMs / minuteMs), status: run.status }
}

/** What ten times the cluster may cost at most, as a multiple. */
const most = { time: 15, memory: 12 }

/** The middle one of several by time: a single one is as long as the machine was busy. */
const middle = (nodes: number, pods: number, times: number): Made => {
  const made = Array.from({ length: times }, () => toTheEnd(nodes, pods)).sort((a, b) => a.ms - b.ms)
  return made[Math.floor(times / 2)] as Made
}

/** A migration of a whole cluster and of one ten times as large, in this process. */
export const benchTwin = () => {
  toTheEnd(1_000, 10_000)
  const small = middle(1_000, 10_000, 9)
  const large = middle(10_000, 100_000, 3)
  return { small, large, timeLargeToSmall: ratio(large.ms, small.ms), memoryLargeToSmall: ratio(large.heapBytes, small.heapBytes) }
}

/** What costs more than it may, in sentences. */
export const twinExcess = ({ timeLargeToSmall, memoryLargeToSmall }: ReturnType<typeof benchTwin>): string[] => [
  ...(timeLargeToSmall > most.time ? [`The twin takes ${timeLargeToSmall} times as long for ten times the cluster, and ${most.time} times is the most.`] : []),
  ...(memoryLargeToSmall > most.memory ? [`The twin takes ${memoryLargeToSmall} times the memory for ten times the cluster, and ${most.memory} times is the most.`] : []),
]

export const twinLines = ({ small, large, timeLargeToSmall, memoryLargeToSmall }: ReturnType<typeof benchTwin>): string[] => [
  ...[small, large].map(
    ({ nodes, pods, ms, events, heapBytes: bytes }) => `twin: ${nodes} nodes and ${pods} pods to the end in ${(ms / 1000).toFixed(2)} s, ${events} events, ${Math.round(bytes / 1_048_576)} MiB`,
  ),
  `twin: ten times the cluster takes ${timeLargeToSmall} x the time (at most ${most.time}) and ${memoryLargeToSmall} x the memory (at most ${most.memory})`,
]
