import { monitorEventLoopDelay } from 'node:perf_hooks'
import { diffMigration } from '@/lib/domain/progress/diff'
import { applyChanges, emptyRun } from '@/lib/domain/progress/state'
import type { RunChange } from '@/lib/domain/progress/change'
import { createSpotClient } from '@/lib/spot/client'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { createSpotTransport } from '@/lib/spot/transport'
import type { Stack } from '@/tests/e2e/support/stack'
import { spread, type Spread } from './measure'

const clusterId = 'o-demo0001'
const ms = (nanoseconds: number) => Math.round(nanoseconds / 10_000) / 100

export type Polls = { nodes: number; changes: number; reading: Spread; loopDelayP50Ms: number; loopDelayP99Ms: number; heapBytesEarly: number; heapBytesLate: number }

const heapBytes = () => process.memoryUsage().heapUsed

/**
 * Reads one run of every node again and again, as its watcher does: what a reading takes, how long it holds the
 * event loop, and whether memory stays where it was. With 10,000 nodes this is case 33 of docs/faults.md.
 */
export const benchPolls = async (stack: Stack, count: number): Promise<Polls> => {
  const transport = createSpotTransport({ baseUrl: stack.simulatorUrl })
  const spot = createSpotClient(transport, { token: 'demo-token', accountId: 'act-demo0001', organizationId: null })
  await stack.admin.time({ speed: 60 })
  const nodeNames = (await spot.discover(clusterId)).data.map(({ nodeName }) => nodeName)
  const { data } = await spot.createMigration(clusterId, { ...defaultMigrationOptions, batchSizePercentage: 5, nodeNames, comment: 'bench' })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const [times, heaps]: [number[], number[]] = [[], []]
  let state = emptyRun
  delay.enable()
  for (let poll = 0; poll < count; poll += 1) {
    const startedAt = performance.now()
    const { data: migration } = await spot.getMigration(clusterId, data.id, { fresh: true })
    const changes = diffMigration(state, migration)
    state = applyChanges(state, changes.map((change, index) => ({ ...change, seq: state.seq + index + 1, atMs: poll }) as RunChange))
    times.push(performance.now() - startedAt)
    heaps.push(heapBytes())
  }
  delay.disable()
  await transport.close()
  // The least of a tenth: what is left once rubbish has been collected.
  const tenth = Math.max(1, Math.floor(count / 10))
  const [heapBytesEarly, heapBytesLate] = [Math.min(...heaps.slice(tenth, 2 * tenth)), Math.min(...heaps.slice(-tenth))]
  return { nodes: state.nodes.size, changes: state.seq, reading: spread(times), loopDelayP50Ms: ms(delay.percentile(50)), loopDelayP99Ms: ms(delay.percentile(99)), heapBytesEarly, heapBytesLate }
}

const mib = (bytes: number) => Math.round(bytes / 1_048_576)

export const pollsLine = ({ nodes, reading, loopDelayP99Ms, heapBytesEarly, heapBytesLate }: Polls): string =>
  `${nodes} nodes in a run: a reading ${reading.p50Ms} ms, loop delay p99 ${loopDelayP99Ms} ms, heap ${mib(heapBytesEarly)} MiB early and ${mib(heapBytesLate)} MiB late over ${reading.count} readings`
