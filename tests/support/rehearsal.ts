import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { interleaveByPool } from '@/lib/domain/batches/compose'
import { assessCluster } from '@/lib/domain/readiness/assess-cluster'
import { indexKube, type KubeIndex } from '@/lib/domain/readiness/kube-index'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { gatherRehearsal } from '@/lib/domain/rehearsal/gather'
import { isFinalRun } from '@/lib/domain/run-rules'
import { createKubeReader } from '@/lib/kube/reader'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import { rehearseOnce, type RehearsedRun } from '@/lib/rehearsal/run-once'
import { toTwinSpec, type RehearsalSpec } from '@/lib/rehearsal/spec'
import { summarise, type RehearsalSummary } from '@/lib/rehearsal/summary'
import type { SimulatorFlags } from '@/lib/simulator/flags'
import type { ScenarioName } from '@/lib/simulator/scenarios/table'
import { createSpotClient, type SpotClient } from '@/lib/spot/client'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { createSpotTransport } from '@/lib/spot/transport'
import { startSimulator, type TestSimulator } from './simulator'

const credentials = { token: 'demo-token', accountId: 'act-demo0001', organizationId: null }
const clusterId = 'o-demo0001'
const startMs = Date.UTC(2026, 0, 5, 9)
const minuteMs = 60_000
const longestMs = 6 * 60 * minuteMs
const mostNodes = 30

export type Case = { scenario: ScenarioName; seed: number; hasKubernetes: boolean }
type Happened = { status: string; nodes: Record<string, string>; durationMs: number }
export type Rehearsed = { summary: RehearsalSummary; happened: Happened }

/** All nodes that a plan may take, one from each pool in turn, and the facts from which it is rehearsed. */
const readPlan = async (client: SpotClient, kube: KubeIndex | null, nowMs: number) => {
  const [{ data: cluster }, { data: discovered }, { data: reported }, { data: vngs }] = await Promise.all([
    client.getCluster(clusterId),
    client.discover(clusterId, { withPods: true }),
    client.listNodes(clusterId),
    client.listVngs(clusterId),
  ])
  const { nodes: assessed } = assessCluster({
    nodes: discovered.map(({ nodeName, match }) => ({ nodeName, match: match.kind === 'vng' ? { ...match, vngName: null } : match, isMatchKnown: true })),
    reported,
    vngs,
    template: cluster.virtualNodeGroupTemplate ?? null,
    limits: cluster.autoScaler?.resourceLimits ?? null,
    heartbeat: 'reporting',
    kube,
    age: { nowMs, limitMs: minuteMs, spotReadAtMs: nowMs },
  })
  const movable = discovered.filter(({ nodeName }) => readinessOf(assessed.get(nodeName)?.findings ?? [], null) !== 'unable')
  const order = interleaveByPool(movable.map(({ nodeName, nodePoolName, runningPods }) => ({ nodeName, poolName: nodePoolName, runningPods })))
  return { facts: gatherRehearsal({ cluster, vngs, reported, discovered, kube }), nodeNames: order.map(({ nodeName }) => nodeName) }
}

/** Launches the same plan and lets its time pass: how each node ended by the simulator's own word, and how long Spot says it took. */
const carryOut = async ({ admin }: TestSimulator, client: SpotClient, { nodeNames, options }: RehearsalPlan, pass: (ms: number) => void): Promise<Happened> => {
  const { data: created } = await client.createMigration(clusterId, { nodeNames, ...options })
  pass(longestMs)
  const run = (await admin.runs())[created.id]
  if (run === undefined || !isFinalRun(run.status)) throw new Error('The run is not over after six hours.')
  const { data } = await client.getMigration(clusterId, created.id, { fresh: true })
  const endedAt = data.completedAt ?? data.stoppedAt ?? data.erredAt
  return { ...run, durationMs: Date.parse(endedAt ?? '') - Date.parse(data.createdAt ?? '') }
}

type Simulated = Awaited<ReturnType<typeof readPlan>> & { simulator: TestSimulator; client: SpotClient; pass: (ms: number) => void }

/**
 * Reads a simulated cluster over its two HTTP interfaces and hands over what a rehearsal of it starts from. The
 * simulator's clock is the test's own, so that time passes at once and exactly.
 */
export const onSimulated = async <Result>(flags: Partial<SimulatorFlags>, hasKubernetes: boolean, act: (at: Simulated) => Promise<Result>): Promise<Result> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'slipway-rehearsal-'))
  const kubeconfigFile = path.join(directory, 'kubeconfig')
  let nowMs = startMs
  const simulator = await startSimulator({ ...flags, speed: 1, ...(hasKubernetes ? { kubeconfigFile } : {}) }, () => nowMs)
  const transport = createSpotTransport({ baseUrl: simulator.baseUrl })
  try {
    const client = createSpotClient(transport, credentials)
    const reader = createKubeReader({ settings: { kubeconfigFile, contexts: { [clusterId]: 'prod-weu' }, inClusterId: null, mayExec: false }, now: () => nowMs })
    const plan = await readPlan(client, hasKubernetes ? indexKube(await reader.read(clusterId, 0)) : null, nowMs)
    return await act({ ...plan, simulator, client, pass: (ms) => (nowMs += ms) })
  } finally {
    await transport.close()
    await simulator.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** A rehearsal that Create Migration would not refuse. */
export const rehearsedOnce = (spec: RehearsalSpec, plan: RehearsalPlan, seed: number): RehearsedRun => {
  const run = rehearseOnce(spec, plan, seed)
  if ('refusal' in run) throw new Error(run.refusal)
  return run
}

/** Rehearses a plan of thirty nodes with these seeds on what was read, then carries it out there. */
export const rehearseAndCarryOut = ({ scenario, seed, hasKubernetes }: Case, seeds: readonly number[]): Promise<Rehearsed> =>
  onSimulated({ scenario, seed, nodes: scenario === 'huge' ? 300 : 60 }, hasKubernetes, async ({ facts, nodeNames, simulator, client, pass }) => {
    const plan: RehearsalPlan = { nodeNames: nodeNames.slice(0, mostNodes), options: defaultMigrationOptions, readings: ['M1', 'M2', 'M3'] }
    const spec = toTwinSpec(facts)
    const summary = summarise(plan.nodeNames, seeds.map((one) => rehearsedOnce(spec, plan, one)))
    return { summary, happened: await carryOut(simulator, client, plan, pass) }
  })
