import { describe, expect, test } from 'vitest'
import { isHeartbeatStale } from '@/lib/twin/heartbeat'
import { failureSentences } from '@/lib/twin/log-text'
import type { Incident, TwinSwitches } from '@/lib/twin/types'
import { evenSpec, messages, spec, started, statuses, workload } from '../../factories/twin'

const minuteMs = 60_000
const api = workload('api', { terminationMs: 2000, toleratesSpot: true })
const halves = { batchSizePercentage: 50 }

const told = (switches: Partial<TwinSwitches>, nodeCount = 4) => {
  const { twin, run } = started(evenSpec(nodeCount, api), halves, switches)
  return { twin, run, events: twin.runToEnd() }
}

const inSecond = (kind: Incident['kind'], afterMs = minuteMs): Partial<TwinSwitches> => ({ incidents: [{ kind, inBatch: 2, afterMs }] })

describe('what can go wrong in a batch', () => {
  test('a controller that falls silent: nothing is evicted any more, and the run fails in the vendor’s words', () => {
    const { twin, run, events } = told(inSecond('controller-falls-silent'))
    const silentAt = events.find(({ kind }) => kind === 'controller-silenced')?.tMs ?? Infinity
    expect(events.filter(({ kind, tMs }) => kind === 'pod-evicted' && tMs > silentAt)).toEqual([])
    expect(run).toMatchObject({ status: 'FAILED', currentBatch: 2 })
    expect(messages(events)).toContain(failureSentences.connectivity)
    expect(isHeartbeatStale(twin.state)).toBe(true)
  })

  test('a run whose controller comes back in time goes on to its end', () => {
    const { twin, run } = started(evenSpec(4, api), halves, inSecond('controller-falls-silent'))
    while (!twin.state.isControllerSilent) twin.run(twin.nowMs + minuteMs)
    twin.run(twin.nowMs + 5 * minuteMs)
    twin.command({ kind: 'silence-controller', isSilent: false })
    twin.runToEnd()
    expect(run.status).toBe('COMPLETED')
  })

  test('nodes that a lost controller leaves behind stay cordoned', () => {
    const { twin } = told(inSecond('controller-falls-silent'))
    expect([...twin.state.nodes.values()].some(({ vngId, isCordoned }) => vngId === null && isCordoned)).toBe(true)
  })

  test('an old node that vanishes counts as failed, and its pods come up elsewhere', () => {
    const { twin, run } = told(inSecond('old-node-vanishes'))
    expect(statuses(run).filter((status) => status === 'COULD_NOT_BE_REPLACED')).toHaveLength(1)
    expect(run.status).toBe('PARTLY_COMPLETED')
    twin.run(twin.nowMs + 30 * minuteMs)
    expect([...twin.state.pods.values()].map(({ phase }) => phase)).toEqual(Array(4).fill('running'))
  })

  test('somebody else stops the run in the middle of a drain', () => {
    const { run, events } = told(inSecond('stop-asked'))
    expect(run.status).toBe('STOPPED')
    expect(statuses(run).filter((status) => status === 'REPLACED')).toHaveLength(2)
    expect(events.filter(({ kind }) => kind === 'stop-asked')).toHaveLength(1)
  })

  test('a batch in which no replacement becomes healthy fails at the threshold', () => {
    const { run, events } = told({ cursedBatches: [2] })
    expect(run).toMatchObject({ status: 'FAILED', currentBatch: 2 })
    expect(messages(events)).toContain(failureSentences.noCapacity)
    expect(statuses(run)).toEqual(expect.arrayContaining(['REPLACED', 'COULD_NOT_BE_REPLACED']))
  })

  test('a run that takes too long ends in a technical timeout', () => {
    const { run, events } = told({ technicalTimeoutMs: 5 * minuteMs })
    expect(run).toMatchObject({ status: 'FAILED', endedAtMs: 5 * minuteMs })
    expect(messages(events)).toContain(failureSentences.timeout)
  })

  test('old nodes that Azure does not delete fail the run and stay', () => {
    const { twin, run, events } = told({ isTerminationDenied: true })
    expect(run.status).toBe('FAILED')
    expect(messages(events)).toContain(failureSentences.terminate)
    expect([...twin.state.nodes.values()].filter(({ vngId }) => vngId === null)).toHaveLength(4)
  })

  test('a run of one batch waits for its old nodes to go, so that it can fail of them', () => {
    const { twin, run } = started(evenSpec(2, api), { batchSizePercentage: 100 }, { isTerminationDenied: true })
    twin.runToEnd()
    expect(run.status).toBe('FAILED')
  })

  test('during a stop the same has a sentence of its own', () => {
    const { twin, run } = started(evenSpec(2, api), { batchSizePercentage: 100 }, { isTerminationDenied: true })
    while (!twin.run(twin.nowMs + 1000).some((event) => event.kind === 'run-node' && event.status === 'REPLACED'));
    twin.command({ kind: 'stop-run', runId: run.id })
    expect(messages(twin.runToEnd())).toContain(failureSentences.terminateOnStop)
    expect(run.status).toBe('FAILED')
  })

  test('a stop that cannot give nodes back says so and leaves them cordoned', () => {
    const { twin, run } = started(evenSpec(4, api), halves, { ...inSecond('stop-asked'), isUncordonDenied: true })
    expect(messages(twin.runToEnd())).toContain(failureSentences.uncordonOnStop)
    expect(run.status).toBe('STOPPED')
    expect([...twin.state.nodes.values()].some(({ vngId, isCordoned }) => vngId === null && isCordoned)).toBe(true)
  })

  test('a new spot node that is taken back loses its pods, and they come up on another', () => {
    const base = spec({})
    const template = { ...base.cluster.template, spotPercentage: 100 }
    const { twin, run } = started(evenSpec(4, api, { cluster: { ...base.cluster, template } }), halves, inSecond('new-spot-node-evicted'))
    const events = twin.runToEnd()
    const notice = events.find((event) => event.kind === 'log' && event.message.startsWith('Azure takes back spot node'))
    expect(notice).toBeDefined()
    expect(events.some((event) => event.kind === 'node-removed' && event.tMs === (notice?.tMs ?? 0) + 30_000)).toBe(true)
    expect(run.status).toBe('COMPLETED')
    twin.run(twin.nowMs + 30 * minuteMs)
    expect([...twin.state.pods.values()].map(({ phase }) => phase)).toEqual(Array(4).fill('running'))
  })
})
