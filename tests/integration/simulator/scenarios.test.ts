import { afterEach, describe, expect, it } from 'vitest'
import { scenarioNames, type ScenarioName } from '@/lib/simulator/scenarios/table'
import { heartbeat } from '@/lib/spot/schemas/cluster'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { logLine } from '@/lib/spot/schemas/log'
import { migration, type Migration } from '@/lib/spot/schemas/migration'
import { failureSentences } from '@/lib/twin/log-text'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './support/call'
import { clusterNodes, readRun, startRun } from './support/runs'

const clusterId = 'o-demo0001'
const minuteMs = 60_000

let simulator: TestSimulator
afterEach(() => simulator.close())

/** All nodes that match a group, as "select all" in the wizard would have it. */
const allMatched = async () => (await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery`)).filter(({ match }) => match.kind !== 'none').map(({ nodeName }) => nodeName)

/** Six nodes each of two pools: batches of three. */
const some = async () => {
  const names = await allMatched()
  return ['aks-npweb-', 'aks-npapi-'].flatMap((prefix) => names.filter((name) => name.startsWith(prefix)).slice(2, 8))
}

const toEnd = async (id: string): Promise<Migration> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const run = await readRun(simulator, id)
    if (run.status !== 'IN_PROGRESS') return run
    await simulator.admin.time({ skipMs: 5 * minuteMs })
  }
  throw new Error(`Run ${id} does not end.`)
}

const logOf = async (): Promise<string[]> => (await readItems(logLine, simulator.baseUrl, `${demoCluster}/log?fromDate=2020-01-01&toDate=2100-01-01&limit=1000`)).map(({ message }) => message ?? '')

const present = async () => new Set((await clusterNodes(simulator)).map(({ nodeName }) => nodeName))

type Ended = { run: Migration; log: string[]; left: Set<string | null> }

/** How a run ends that meets a scenario; the words are those of docs/simulator.md. */
type Ending = {
  status: string
  /** All node statuses that occur. */
  nodes: string[]
  /** All statuses of new capacity that occur. */
  capacity: string[]
  /** Sentences of the log. */
  says: (string | RegExp)[]
  further?: (ended: Ended) => void | Promise<void>
}

const batchOf = ({ oldNodes }: Migration, status: string) => oldNodes.filter((node) => node.status === status)

const keepsItsNodes = (status: string) => ({ run, left }: Ended) => {
  for (const { nodeName } of batchOf(run, status)) expect(left, nodeName).toContain(nodeName)
}

const endings: Partial<Record<ScenarioName, Ending>> = {
  calm: { status: 'COMPLETED', nodes: ['REPLACED'], capacity: ['COMPLETED'], says: [/^Migration scr-\w+ has ended\.$/] },
  'pdb-skips-everything-but-completes': {
    status: 'COMPLETED',
    nodes: ['NOT_REPLACED_DUE_TO_PDB'],
    capacity: ['COMPLETED'],
    says: [/was not replaced: Pod Disruption Budget .* allowed no disruption before the draining timeout\.$/],
    further: (ended) => {
      expect(ended.run.progressPercentage).toBe(100)
      keepsItsNodes('NOT_REPLACED_DUE_TO_PDB')(ended)
    },
  },
  'threshold-fails-in-batch-2': {
    status: 'FAILED',
    nodes: ['REPLACED', 'COULD_NOT_BE_REPLACED', 'DID_NOT_REPLACE'],
    capacity: ['COMPLETED', 'FAILED', 'PARTIAL_SUCCESS'],
    says: [failureSentences.noCapacity, /did not become healthy in 10 minutes and was removed\.$/],
    further: ({ run }) => {
      expect(run.currentBatch).toBe(2)
      expect([batchOf(run, 'REPLACED').length, batchOf(run, 'COULD_NOT_BE_REPLACED').length]).toEqual([3, 3])
    },
  },
  'no-capacity': { status: 'FAILED', nodes: ['COULD_NOT_BE_REPLACED', 'DID_NOT_REPLACE'], capacity: ['FAILED'], says: [failureSentences.noCapacity, /^No capacity for virtual node group vng-web in zone /], further: keepsItsNodes('COULD_NOT_BE_REPLACED') },
  'controller-lost': {
    status: 'FAILED',
    nodes: ['REPLACED', 'DID_NOT_REPLACE'],
    capacity: ['COMPLETED'],
    says: [failureSentences.connectivity],
    further: async ({ run }) => {
      expect(run.currentBatch).toBe(2)
      expect((await readItems(heartbeat, simulator.baseUrl, `/ocean/k8s/cluster/${clusterId}/controllerHeartbeat`))[0]?.status).toBe('INACTIVE')
    },
  },
  'technical-timeout': { status: 'FAILED', nodes: ['REPLACED', 'DID_NOT_REPLACE'], capacity: ['COMPLETED', 'FAILED', 'PARTIAL_SUCCESS'], says: [failureSentences.timeout] },
  'cannot-terminate': { status: 'FAILED', nodes: ['REPLACED', 'DID_NOT_REPLACE'], capacity: ['COMPLETED'], says: [failureSentences.terminate, /could not be terminated: Azure refused the request\.$/], further: keepsItsNodes('REPLACED') },
  'stop-mid-drain': { status: 'STOPPED', nodes: ['REPLACED', 'DID_NOT_REPLACE'], capacity: ['COMPLETED'], says: [/stop was requested\.$/, /was stopped\.$/], further: keepsItsNodes('DID_NOT_REPLACE') },
  'uncordon-fails': { status: 'STOPPED', nodes: ['REPLACED', 'DID_NOT_REPLACE'], capacity: ['COMPLETED'], says: [failureSentences.uncordonOnStop], further: keepsItsNodes('DID_NOT_REPLACE') },
  'node-vanishes': {
    status: 'PARTLY_COMPLETED',
    nodes: ['REPLACED', 'COULD_NOT_BE_REPLACED'],
    capacity: ['COMPLETED'],
    says: [/^Node \S+ no longer exists in the cluster\.$/],
    further: ({ run, left }) => {
      expect(batchOf(run, 'COULD_NOT_BE_REPLACED')).toHaveLength(1)
      expect(left).not.toContain(batchOf(run, 'COULD_NOT_BE_REPLACED')[0]?.nodeName)
    },
  },
  'spot-eviction-of-a-new-node': {
    status: 'COMPLETED',
    nodes: ['REPLACED'],
    capacity: ['COMPLETED'],
    says: [/^Azure takes back spot node \S+ in 30 seconds\.$/, /^Spot node \S+ was taken back by Azure\.$/],
  },
  'unknown-status': { status: 'COMPLETED', nodes: ['REPLACED_PENDING_CLEANUP'], capacity: ['COMPLETED'], says: [/has ended\.$/] },
}

const distinct = (values: readonly (string | null)[]) => [...new Set(values)].sort()

const meets = async (ending: Ending, nodeNames: string[], isWhole: boolean): Promise<void> => {
  const run = await toEnd((await startRun(simulator, { nodeNames })).id)
  const ended = { run, log: await logOf(), left: await present() }
  expect(run.status).toBe(ending.status)
  expect(distinct(run.oldNodes.map(({ status }) => status))).toEqual([...ending.nodes].sort())
  for (const sentence of ending.says) expect(ended.log.some((line) => (typeof sentence === 'string' ? line === sentence : sentence.test(line))), String(sentence)).toBe(true)
  if (isWhole) return
  expect(distinct(run.scaleNodePools.map(({ status }) => status))).toEqual([...ending.capacity].sort())
  await ending.further?.(ended)
}

describe.each(Object.entries(endings))('scenario %s', (name, ending) => {
  it('ends as documented for some nodes', async () => {
    simulator = await startSimulator({ scenario: name as ScenarioName })
    await meets(ending, await some(), false)
  })

  it('ends alike for every node with a match, and when it is switched on in a calm cluster', async () => {
    simulator = await startSimulator()
    const isOfStart = ['pdb-skips-everything-but-completes', 'unknown-status'].includes(name)
    if (isOfStart) {
      await simulator.close()
      simulator = await startSimulator({ scenario: name as ScenarioName })
    } else await simulator.admin.twin({ kind: 'scenario', clusterId, scenario: name as ScenarioName })
    await meets(ending, await allMatched(), true)
  })
})

describe('a scenario that is switched', () => {
  it('takes the place of the one before', async () => {
    simulator = await startSimulator({ scenario: 'controller-lost' })
    const names = await some()
    await toEnd((await startRun(simulator, { nodeNames: names.slice(0, 3) })).id)
    await simulator.admin.twin({ kind: 'scenario', clusterId, scenario: 'calm' })
    await simulator.admin.time({ skipMs: minuteMs })
    expect((await readItems(heartbeat, simulator.baseUrl, `/ocean/k8s/cluster/${clusterId}/controllerHeartbeat`))[0]?.status).toBe('ACTIVE')
    expect((await toEnd((await startRun(simulator, { nodeNames: names.slice(6, 9) })).id)).status).toBe('COMPLETED')
  })
})

describe('scenarios that are not about a run', () => {
  it('many-old-runs lists 500 runs, newest first in time, of every ending and each id once', async () => {
    simulator = await startSimulator({ scenario: 'many-old-runs' })
    const runs = await readItems(migration, simulator.baseUrl, `${demoCluster}/migration`)
    expect(runs).toHaveLength(500)
    expect(new Set(runs.map(({ id }) => id)).size).toBe(500)
    expect(distinct(runs.map(({ status }) => status))).toEqual(['COMPLETED', 'FAILED', 'PARTLY_COMPLETED', 'STOPPED'])
    expect(runs.every(({ createdAt }) => Date.parse(createdAt ?? '') < Date.now())).toBe(true)
  })

  it('huge has 2,000 nodes and 60,000 pods, answers, and completes a run', async () => {
    simulator = await startSimulator({ scenario: 'huge', nodes: 2_000, pods: 60_000 })
    const { items } = await call(simulator.baseUrl, `${demoCluster}/migration/discovery?shouldFetchPods=true`)
    expect((await clusterNodes(simulator)).length).toBe(2_000)
    const pods = items.reduce((sum, { runningPods }) => sum + Number(runningPods), 0)
    expect(pods).toBeGreaterThan(50_000)
    const run = await toEnd((await startRun(simulator, { nodeNames: await some() })).id)
    expect([run.status, distinct(run.oldNodes.map(({ status }) => status))]).toEqual(['COMPLETED', ['REPLACED']])
  })

  it('mixed fails a node whose replacement never becomes healthy, and completes in part', async () => {
    simulator = await startSimulator({ scenario: 'mixed' })
    const npapi = (await allMatched()).filter((name) => name.startsWith('aks-npapi-'))
    const run = await toEnd((await startRun(simulator, { nodeNames: npapi.slice(0, 6) })).id)
    expect(run.status).toBe('PARTLY_COMPLETED')
    expect(batchOf(run, 'COULD_NOT_BE_REPLACED').map(({ nodeName }) => nodeName)).toEqual([npapi[2]])
  })

  it('mixed has a run under way in the staging cluster, started by somebody else', async () => {
    simulator = await startSimulator({ scenario: 'mixed' })
    const staging = { account: 'act-demo0002' }
    const path = '/ocean/azure/np/cluster/o-stag0001/migration'
    const live = (await readItems(migration, simulator.baseUrl, path, staging)).filter(({ status }) => status === 'IN_PROGRESS')
    expect(live.map(({ comment }) => comment)).toEqual(['staging first, from the console'])
    await simulator.admin.time({ skipMs: 600 * minuteMs })
    const ended = (await readItems(migration, simulator.baseUrl, path, staging)).find(({ id }) => id === live[0]?.id)
    expect(ended?.status).not.toBe('IN_PROGRESS')
    expect(await simulator.admin.createdMigrations()).toMatchObject({ 'o-stag0001': 0 })
  })
})

it('every scenario is one of these', () => {
  const others: ScenarioName[] = ['mixed', 'huge', 'many-old-runs']
  expect([...scenarioNames].sort()).toEqual([...Object.keys(endings), ...others].sort())
})
