import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import { median, ratio } from './measure'

const minuteMs = 60_000
const options = { batchSizePercentage: 10, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is in use once everything that nobody holds is gone. */
const heapBytes = (): number => {
  for (let turn = 0; turn < 3; turn += 1) collect()
  return process.memoryUsage().heapUsed
}

type Made = { nodes: number; pods: number; generateMs: number; ms: number; cpuMs: number; events: number; heapBytes: number; twinMinutes: number; status: string }

/** A migration of all that can be moved. The heap is that of the cluster, the twin at the run's end, and all events of the run. */
const toTheEnd = (nodes: number, pods: number): Made => {
  const heapBefore = heapBytes()
  const madeAt = performance.now()
  const spec = generateCluster({ seed: 7, clusterId: 'o-bench', name: 'bench', nodes, pods, scenario: 'calm' })
  const generateMs = Math.round(performance.now() - madeAt)
  const twin = createTwin({ spec, seed: 7 })
  const nodeNames = spec.nodes.filter(({ vngId, mode }) => vngId === null && mode === 'user').map(({ name }) => name)
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const events = twin.runToEnd()
  const ms = Math.round(performance.now() - startedAt)
  const { user, system } = process.cpuUsage(cpuBefore)
  const used = heapBytes() - heapBefore
  const run = twin.state.runs.get(outcome.value.id)
  if (run?.endedAtMs == null) throw new Error('The run did not end.')
  return { nodes, pods: spec.pods.length, generateMs, ms, cpuMs: Math.round((user + system) / 1000), events: events.length, heapBytes: used, twinMinutes: Math.round(run.endedAtMs / minuteMs), status: run.status }
}

/** What ten times the cluster may cost at most, as a multiple. */
const most = { time: 15, memory: 12 }

const rounds = 3
/** So many small runs take about as long as a large one, and so meet the same other work on the machine. */
const smallRuns = 10

const byTime = (made: Made[]) => made.sort((a, b) => a.cpuMs - b.cpuMs)[Math.floor(made.length / 2)] as Made

/** Processor time and not time on the wall, which is as long as the machine was busy with others; small and large by turns, for their caches are shared too. */
const round = () => {
  const small = Array.from({ length: smallRuns }, () => toTheEnd(1_000, 10_000))
  const large = toTheEnd(10_000, 100_000)
  return { small, large, times: large.cpuMs / (small.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / smallRuns) }
}

/** A migration of a whole cluster and of one ten times as large, in this process. */
export const benchTwin = () => {
  for (let turn = 0; turn < 3; turn += 1) toTheEnd(1_000, 10_000)
  const made = Array.from({ length: rounds }, round)
  const small = byTime(made.flatMap((each) => each.small))
  const large = byTime(made.map((each) => each.large))
  return { small, large, timeLargeToSmall: median(made.map(({ times }) => times)), memoryLargeToSmall: ratio(large.heapBytes, small.heapBytes) }
}

/** What costs more than it may, in sentences. */
export const twinExcess = ({ timeLargeToSmall, memoryLargeToSmall }: ReturnType<typeof benchTwin>): string[] => [
  ...(timeLargeToSmall > most.time ? [`The twin takes ${timeLargeToSmall} times the processor time for ten times the cluster, and ${most.time} times is the most.`] : []),
  ...(memoryLargeToSmall > most.memory ? [`The twin takes ${memoryLargeToSmall} times the memory for ten times the cluster, and ${most.memory} times is the most.`] : []),
]

export const twinLines = ({ small, large, timeLargeToSmall, memoryLargeToSmall }: ReturnType<typeof benchTwin>): string[] => [
  ...[small, large].map(
    ({ nodes, pods, ms, events, heapBytes: bytes }) => `twin: ${nodes} nodes and ${pods} pods to the end in ${(ms / 1000).toFixed(2)} s, ${events} events, ${Math.round(bytes / 1_048_576)} MiB`,
  ),
  `twin: ten times the cluster takes ${timeLargeToSmall} x the processor time (at most ${most.time}) and ${memoryLargeToSmall} x the memory (at most ${most.memory})`,
]
