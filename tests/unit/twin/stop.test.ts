import { describe, expect, test } from 'vitest'
import { isFinalNode } from '@/lib/domain/run-rules'
import { evenSpec, messages, node, pod, spec, started, statuses, vng, workload } from '../../factories/twin'

const minuteMs = 60_000
const api = workload('api', { terminationMs: 2000 })

const stoppedAt = (tMs: number) => {
  const { twin, run } = started(evenSpec(9, api), { batchSizePercentage: 34 })
  twin.run(tMs)
  const before = statuses(run)
  const outcome = twin.command({ kind: 'stop-run', runId: run.id })
  return { twin, run, before, outcome }
}

describe('stopping a migration', () => {
  test('it stays IN_PROGRESS until it has settled, then nothing is left cordoned and no batch follows', () => {
    const { twin, run, outcome } = stoppedAt(2 * minuteMs)
    expect(outcome.ok).toBe(true)
    expect(run).toMatchObject({ status: 'IN_PROGRESS', isStopping: true })
    twin.runToEnd()
    expect(run).toMatchObject({ status: 'STOPPED', currentBatch: 1, endedAtMs: twin.nowMs })
    expect([...twin.state.nodes.values()].some(({ isCordoned }) => isCordoned)).toBe(false)
    expect(new Set(statuses(run))).toEqual(new Set(['DID_NOT_REPLACE']))
  })

  test('the technical timeout does not fail a run that is stopping', () => {
    const { twin, run } = started(evenSpec(9, api), { batchSizePercentage: 34 }, { technicalTimeoutMs: 2 * minuteMs + 1000 })
    twin.run(2 * minuteMs)
    twin.command({ kind: 'stop-run', runId: run.id })
    twin.runToEnd()
    expect(run.status).toBe('STOPPED')
  })

  test('what was moved stays moved, what was not is not tried', () => {
    const { twin, run, before } = stoppedAt(12 * minuteMs)
    const moved = before.filter((status) => status === 'REPLACED').length
    expect(moved).toBeGreaterThan(0)
    const events = twin.runToEnd()
    expect(statuses(run).filter((status) => status === 'REPLACED').length).toBeGreaterThanOrEqual(moved)
    expect(statuses(run).every(isFinalNode)).toBe(true)
    expect(events.some(({ kind }) => kind === 'pod-evicted')).toBe(false)
  })

  test('pods already evicted find a place', () => {
    const { twin } = stoppedAt(5 * minuteMs)
    twin.runToEnd()
    twin.run(twin.nowMs + 5 * minuteMs)
    expect([...twin.state.pods.values()].map(({ phase }) => phase)).toEqual(Array(9).fill('running'))
  })

  test('no pod is evicted any more, and a node whose replacement comes up later is not drained', () => {
    const of = workload('api', { replicas: 20 })
    const nodes = [node('a'), node('b', { vmSize: 'Standard_D8s_v5', labels: { tier: 'web' } })]
    const pods = Array.from({ length: 20 }, (_, index) => pod(of, index, index < 10 ? 'a' : 'b'))
    const given = spec({ nodes, vngs: [vng('vng-1', { labels: { tier: 'web' } })], workloads: [of], pods })
    const { twin, run } = started(given, { batchSizePercentage: 100 })
    while (!twin.run(twin.nowMs + 1000).some(({ kind }) => kind === 'pod-evicted'));
    twin.command({ kind: 'stop-run', runId: run.id })
    const events = twin.runToEnd()
    expect(events.some(({ kind }) => kind === 'pod-evicted')).toBe(false)
    expect(messages(events).some((message) => message.startsWith('Draining'))).toBe(false)
    expect(run.status).toBe('STOPPED')
  })

  test('it ends even when a pod it set free finds no place', () => {
    const tied = workload('tied', { nodeSelector: { agentpool: 'npweb' } })
    const { twin, run } = started(spec({ nodes: [node('a', { labels: { agentpool: 'npweb' } })], workloads: [tied], pods: [pod(tied, 0, 'a')] }))
    while (twin.state.pending.size === 0) twin.run(twin.nowMs + 1000)
    const askedAtMs = twin.nowMs
    twin.command({ kind: 'stop-run', runId: run.id })
    twin.runToEnd()
    expect(run.status).toBe('STOPPED')
    expect(twin.nowMs - askedAtMs).toBeLessThanOrEqual(10 * minuteMs)
  })

  test('asking twice is no error and ends once', () => {
    const { twin, run } = stoppedAt(2 * minuteMs)
    expect(twin.command({ kind: 'stop-run', runId: run.id }).ok).toBe(true)
    expect(twin.runToEnd().filter(({ kind }) => kind === 'run-ended' || kind === 'stop-asked')).toHaveLength(2)
  })

  test('a finished or unknown migration cannot be stopped', () => {
    const { twin, run } = stoppedAt(2 * minuteMs)
    twin.runToEnd()
    expect(twin.command({ kind: 'stop-run', runId: run.id })).toMatchObject({ ok: false, refusal: { status: 400 } })
    expect(twin.command({ kind: 'stop-run', runId: 'scr-00000000' })).toMatchObject({ ok: false, refusal: { status: 404 } })
  })
})
