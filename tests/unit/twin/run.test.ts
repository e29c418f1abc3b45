import { describe, expect, test } from 'vitest'
import { failureSentences } from '@/lib/twin/log-text'
import { progressPercentage } from '@/lib/twin/views'
import { evenSpec, messages, node, pdb, pod, spec, started, statuses, vng, workload } from '../../factories/twin'

const minuteMs = 60_000
const api = workload('api')

describe('a migration that goes well', () => {
  test('every node is replaced, its pods run elsewhere and the old nodes are gone', () => {
    const { twin, run } = started(evenSpec(6, api))
    twin.runToEnd()
    twin.run(twin.nowMs + 5 * minuteMs)
    expect(run.status).toBe('COMPLETED')
    expect(new Set(statuses(run))).toEqual(new Set(['REPLACED']))
    expect(progressPercentage(run)).toBe(100)
    expect([...twin.state.nodes.values()].every(({ vngId, isReady }) => vngId !== null && isReady)).toBe(true)
    expect([...twin.state.pods.values()].map(({ phase }) => phase)).toEqual(Array(6).fill('running'))
  })

  test('it begins in batch 1 of the computed number, nothing tried yet, its pools in manual scaling', () => {
    const pool = { name: 'npweb', mode: 'user' as const, vmSize: 'Standard_D4s_v5', lifecycle: 'OnDemand' as const, scaleSet: '12345678', scaling: 'auto' as const, vngId: null }
    const { twin, run } = started(evenSpec(6, api, { pools: [pool] }))
    expect(run).toMatchObject({ status: 'IN_PROGRESS', currentBatch: 1, numOfBatches: 3, endedAtMs: null })
    expect(new Set(statuses(run))).toEqual(new Set(['TO_BE_REPLACED']))
    expect(progressPercentage(run)).toBe(0)
    expect(twin.state.pools.get('npweb')?.scaling).toBe('manual')
  })

  test('a batch cordons its nodes only, and capacity turns from SCALING to COMPLETED', () => {
    const { twin, run } = started(evenSpec(6, api), { batchSizePercentage: 50 })
    twin.run(minuteMs)
    expect(statuses(run).filter((status) => status === 'IN_PROGRESS')).toHaveLength(3)
    expect([...twin.state.nodes.values()].filter(({ isCordoned }) => isCordoned)).toHaveLength(3)
    expect([...run.capacity.values()][0]).toMatchObject({ status: 'SCALING', poolName: expect.stringMatching(/^omnp[0-9a-f]{8}$/) })
    twin.runToEnd()
    expect([...run.capacity.values()][0]).toMatchObject({ status: 'COMPLETED' })
  })

  test('new nodes belong to the matched group, carry its labels and taints and are named as AKS names them', () => {
    const taints = [{ key: 'dedicated', value: 'data', effect: 'NoSchedule' }]
    const of = workload('pg', { nodeSelector: { tier: 'data' }, tolerations: [{ key: 'dedicated', value: null, effect: null }] })
    const nodes = [node('a', { labels: { tier: 'data' }, taints })]
    const { twin } = started(spec({ vngs: [vng('vng-1', { labels: { tier: 'data' }, taints })], nodes, workloads: [of], pods: [pod(of, 0, 'a')] }))
    twin.runToEnd()
    const fresh = [...twin.state.nodes.values()].find(({ vngId }) => vngId === 'vng-1')
    expect(fresh).toMatchObject({ labels: { tier: 'data' }, taints, name: expect.stringMatching(/^aks-omnp[0-9a-f]{8}-\d{8}-vmss[0-9a-z]{6}$/) })
  })

  test('all selected nodes are cordoned at the start when the switch says so', () => {
    const { twin } = started(evenSpec(6, api), {}, { isCordonedUpFront: true })
    expect([...twin.state.nodes.values()].every(({ isCordoned }) => isCordoned)).toBe(true)
  })

  test('drained nodes stay, cordoned and empty, when they are not to be terminated', () => {
    const { twin, run } = started(evenSpec(3, api), { shouldTerminateNodes: false })
    twin.runToEnd()
    twin.run(twin.nowMs + 10 * minuteMs)
    expect(run.status).toBe('COMPLETED')
    expect(['n0', 'n1', 'n2'].map((name) => [twin.state.nodes.get(name)?.isCordoned, twin.state.loads.get(name)?.pods.length])).toEqual(Array(3).fill([true, 0]))
  })

  test('with termination after the run no old node goes before all batches are done, and the run waits for it', () => {
    const { twin, run } = started(evenSpec(5, api), {}, { termination: 'after-run' })
    const events = twin.runToEnd()
    const gone = events.flatMap((event) => (event.kind === 'node-removed' ? [event.tMs] : []))
    const lastMs = Math.max(...events.flatMap((event) => (event.kind === 'run-node' && event.status === 'REPLACED' ? [event.tMs] : [])))
    expect(run.status).toBe('COMPLETED')
    expect(gone).toHaveLength(5)
    expect(gone.every((tMs) => tMs > lastMs)).toBe(true)
  })

  test.each([
    ['refused at its end fails it', {}, { isTerminationDenied: true }, failureSentences.terminate],
    ['is left out of a run that fails', { batchSizePercentage: 50, batchMinHealthyPercentage: 100 }, { cursedBatches: [2] }, failureSentences.noCapacity],
  ])('termination after the run that is %s', (_name, change, switches, sentence) => {
    const { twin, run } = started(evenSpec(4, api), change, { termination: 'after-run', ...switches })
    const events = [...twin.runToEnd(), ...twin.run(twin.nowMs + 30 * minuteMs)]
    expect(run.status).toBe('FAILED')
    expect(messages(events)).toContain(sentence)
    expect(['n0', 'n1', 'n2', 'n3'].every((name) => twin.state.nodes.has(name))).toBe(true)
  })
})

describe('what keeps a node from being replaced', () => {
  const held = workload('pg', { pdbIds: ['pg'], terminationMs: 1000 })
  const heldSpec = (count: number) => evenSpec(count, held, { pdbs: [pdb('pg', { minAvailable: '100%', expectedPods: count })] })

  test('a budget that allows nothing skips the node after the draining timeout, frees it, and counts as healthy', () => {
    const { twin, run } = started(heldSpec(2), { batchMinHealthyPercentage: 100 })
    twin.runToEnd()
    expect(run.status).toBe('COMPLETED')
    expect(statuses(run)).toEqual(['NOT_REPLACED_DUE_TO_PDB', 'NOT_REPLACED_DUE_TO_PDB'])
    expect(twin.state.nodes.get('n0')).toMatchObject({ isCordoned: false })
    expect(run.nodes.get('n0')?.podNames).toEqual(['pg-template-0'])
    expect(twin.nowMs).toBeGreaterThan(2 * 300_000)
  })

  test('the same run is PARTLY_COMPLETED where completion needs every node moved', () => {
    const { twin, run } = started(heldSpec(2), {}, { completion: 'all-moved' })
    twin.runToEnd()
    expect(run.status).toBe('PARTLY_COMPLETED')
  })

  test('without respect for budgets the pod is removed by force after a minute of refusals', () => {
    const { twin, run } = started(heldSpec(2), { respectPdb: false, batchSizePercentage: 100 })
    const forced = twin.runToEnd().filter((event) => event.kind === 'pod-evicted' && event.isForced)
    expect(run.status).toBe('COMPLETED')
    expect(forced.length).toBeGreaterThan(0)
  })

  test('pods of one budget leave one after another, each when the last one runs again', () => {
    const { twin, run } = started(evenSpec(4, held, { pdbs: [pdb('pg', { maxUnavailable: 1, expectedPods: 4 })] }), { batchSizePercentage: 100 })
    const times = twin.runToEnd().flatMap((event) => (event.kind === 'pod-evicted' ? [event.tMs] : []))
    expect(run.status).toBe('COMPLETED')
    expect(times.slice(1).every((tMs, index) => tMs - (times[index] as number) >= held.startUpMs)).toBe(true)
  })

  test.each([
    ['the label', { isScaleDownRestricted: true }],
    ['the annotation of the autoscaler', { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }],
  ])('a node with a pod that restricts scale down by %s is passed over untouched when that is respected, and only then', (_name, change) => {
    const restricted = evenSpec(2, workload('api', change))
    const respected = started(restricted, { respectRestrictScaleDown: true })
    expect(respected.twin.runToEnd().some(({ kind }) => kind === 'node-cordoned')).toBe(false)
    expect(statuses(respected.run)).toEqual(['NOT_REPLACED_DUE_TO_RSD', 'NOT_REPLACED_DUE_TO_RSD'])
    const ignored = started(restricted)
    ignored.twin.runToEnd()
    expect(ignored.run.status).toBe('COMPLETED')
  })

  test('a stand-alone pod is evicted and not started again, or keeps its node', () => {
    const lone = workload('debug', { kind: 'Standalone' })
    const given = spec({ nodes: [node('a')], workloads: [api, lone], pods: [pod(lone, 0, 'a'), pod(api, 0, 'a')] })
    const evicted = started(given)
    evicted.twin.runToEnd()
    expect(evicted.run.status).toBe('COMPLETED')
    expect([...evicted.twin.state.pods.values()].map(({ workloadId }) => workloadId)).toEqual(['shop/api'])
    const kept = started(given, { shouldEvictStandalonePods: false })
    kept.twin.runToEnd()
    expect(statuses(kept.run)).toEqual(['COULD_NOT_BE_REPLACED'])
    expect(kept.run.nodes.get('a')?.podNames).toEqual(['debug-template-0'])
  })

  test('DaemonSet pods do not hold a drain and go with their node', () => {
    const daemon = workload('proxy', { kind: 'DaemonSet', replicas: 1 })
    const { twin, run } = started(spec({ nodes: [node('a')], workloads: [daemon], pods: [pod(daemon, 0, 'a')] }))
    const events = twin.runToEnd()
    expect(run.status).toBe('COMPLETED')
    expect(events.some(({ kind }) => kind === 'pod-evicted')).toBe(false)
  })

  test('a node whose replacement never becomes healthy fails, is freed and keeps its pods', () => {
    const { twin, run } = started(evenSpec(5, api), {}, { cursedNodes: ['n3'] })
    twin.run(20 * minuteMs)
    twin.command({ kind: 'set-switches', switches: { cursedNodes: [] } })
    twin.runToEnd()
    // Batches of one: a failed node misses any threshold.
    expect(run.status).toBe('FAILED')
    const { run: tolerant, twin: other } = started(evenSpec(5, api), { batchSizePercentage: 100 }, { cursedNodes: ['n3'] })
    other.runToEnd()
    expect(tolerant.status).toBe('PARTLY_COMPLETED')
    expect(tolerant.nodes.get('n3')).toMatchObject({ status: 'COULD_NOT_BE_REPLACED', podNames: ['api-template-3'] })
    expect(other.state.nodes.get('n3')).toMatchObject({ isCordoned: false })
    expect([...tolerant.capacity.values()].map(({ status }) => status)).toContain('PARTIAL_SUCCESS')
  })

  test('a node that no group matches fails', () => {
    const { twin, run } = started(spec({ nodes: [node('a', { labels: { team: 'x' } })], workloads: [api], pods: [pod(api, 0, 'a')] }))
    expect(messages(twin.runToEnd())).toContain(failureSentences.noCapacity)
    expect(statuses(run)).toEqual(['COULD_NOT_BE_REPLACED'])
    expect(run.status).toBe('FAILED')
  })

  test('a node that vanishes in its batch fails, one that vanished before its batch does too', () => {
    const { twin, run } = started(evenSpec(4, api), { batchSizePercentage: 50 })
    twin.run(minuteMs)
    const [first, second] = run.batches.map(([name]) => name as string)
    twin.command({ kind: 'vanish-node', nodeName: first as string })
    twin.command({ kind: 'vanish-node', nodeName: second as string })
    twin.runToEnd()
    expect([run.nodes.get(first as string)?.status, run.nodes.get(second as string)?.status]).toEqual(['COULD_NOT_BE_REPLACED', 'COULD_NOT_BE_REPLACED'])
    expect(run.status).toBe('PARTLY_COMPLETED')
  })
})

describe('how a migration fails', () => {
  test('below the threshold no further batch starts, and the log gives the vendor\'s sentence', () => {
    const { twin, run } = started(evenSpec(4, api), { batchSizePercentage: 50, batchMinHealthyPercentage: 51 }, { cursedNodes: ['n0'] })
    const events = twin.runToEnd()
    expect(run).toMatchObject({ status: 'FAILED', currentBatch: 1 })
    expect(statuses(run).filter((status) => status === 'DID_NOT_REPLACE')).toHaveLength(2)
    expect(messages(events)).toContain(failureSentences.noCapacity)
    expect(progressPercentage(run)).toBe(50)
  })

  test('a batch that fails for another reason than capacity says so, though an earlier one lacked capacity', () => {
    const lone = workload('debug', { kind: 'Standalone' })
    const nodes = ['a', 'b', 'c', 'd'].map((name) => node(name))
    const pods = [...['a', 'b'].map((name, index) => pod(api, index, name)), ...['c', 'd'].map((name, index) => pod(lone, index, name))]
    const given = spec({ nodes, workloads: [{ ...api, replicas: 2 }, { ...lone, replicas: 2 }], pods })
    const { twin, run } = started(given, { batchSizePercentage: 50, shouldEvictStandalonePods: false }, { cursedNodes: ['a'] })
    const said = messages(twin.runToEnd())
    expect(run).toMatchObject({ status: 'FAILED', currentBatch: 2 })
    expect(said).toContain(failureSentences.podsUnscheduled)
    expect(said).not.toContain(failureSentences.noCapacity)
  })

  test('exactly at the threshold the run goes on', () => {
    const { twin, run } = started(evenSpec(4, api), { batchSizePercentage: 50, batchMinHealthyPercentage: 50 }, { cursedNodes: ['n0'] })
    twin.runToEnd()
    expect(run).toMatchObject({ status: 'PARTLY_COMPLETED', currentBatch: 2 })
  })

  test.each([
    ['a group without capacity', {}, { vngsWithoutCapacity: ['vng-1'] }],
    ['a group at its maximum', { maxCount: 0 }, {}],
  ])('%s ends in the no-capacity sentence and a FAILED row', (_name, change, switches) => {
    const nodes = [node('a', { labels: { tier: 'web' } })]
    const { twin, run } = started(spec({ vngs: [vng('vng-1', { labels: { tier: 'web' }, ...change })], nodes, workloads: [api], pods: [pod(api, 0, 'a')] }), {}, switches)
    expect(messages(twin.runToEnd())).toContain(failureSentences.noCapacity)
    expect([...run.capacity.values()]).toMatchObject([{ status: 'FAILED', newNodes: 0 }])
  })

  test('a controller that is silent for ten minutes ends the run', () => {
    const { twin, run } = started(evenSpec(4, api))
    twin.run(minuteMs)
    twin.command({ kind: 'silence-controller', isSilent: true })
    const events = twin.runToEnd()
    expect(run.status).toBe('FAILED')
    expect(messages(events)).toContain(failureSentences.connectivity)
  })

  test('pods that find no place on any node end the run', () => {
    const tied = workload('tied', { nodeSelector: { agentpool: 'npweb' } })
    const { twin, run } = started(spec({ nodes: [node('a', { labels: { agentpool: 'npweb' } })], workloads: [tied], pods: [pod(tied, 0, 'a')] }))
    expect(messages(twin.runToEnd())).toContain(failureSentences.podsUnscheduled)
    expect(run.status).toBe('FAILED')
    expect([...twin.state.pods.values()][0]).toMatchObject({ phase: 'pending', reason: 'no nodes available to schedule pods' })
  })

  test('the seven sentences are the vendor\'s own', () => {
    const tails = ['connectivity issues', 'inability to spin up enough new nodes', 'technical timeout', 'failure to schedule pods', 'failure to terminate old nodes', 'Stop process', 'failure to reschedule old nodes']
    const sentences = Object.values(failureSentences)
    expect(sentences).toHaveLength(7)
    sentences.forEach((sentence, index) => expect(sentence).toContain(tails[index]))
  })
})
