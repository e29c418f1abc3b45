import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scenarioNames, type ScenarioName } from '@/lib/simulator/scenarios/table'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { assessScenario, nodesByRule } from './support/assess'

let database: TestDatabase
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'slipway-kube-'))
  database = await openTestDatabase()
})
afterAll(async () => {
  await database.remove()
  await rm(directory, { recursive: true, force: true })
})

/** On how many of the waiting nodes each rule speaks, and what is said of the cluster as a whole. */
type Expected = { nodes: Record<string, number>; cluster: string[] }

/** What goes wrong in most runs is not to be seen beforehand: all but the pool without a group looks well. */
const nothingSeen: Expected = { nodes: { 'no-vng-match': 2, 'fits-no-vng': 2 }, cluster: [] }

const expected: Record<ScenarioName, Expected> = {
  calm: nothingSeen,
  mixed: {
    nodes: {
      'no-vng-match': 2,
      'pdb-allows-none': 6,
      'two-pdbs': 4,
      'unready-behind-pdb': 2,
      'standalone-pod': 1,
      'single-replica': 2,
      'local-data': 3,
      'local-volume': 2,
      'fits-no-vng': 3,
      'no-spot-toleration': 35,
      'restrict-scale-down': 23,
      'not-safe-to-evict': 2,
      'do-not-disrupt': 2,
      'daemonset-stays': 40,
    },
    cluster: ['pending-pods'],
  },
  'pdb-skips-everything-but-completes': { nodes: { ...nothingSeen.nodes, 'pdb-allows-none': 51 }, cluster: [] },
  'threshold-fails-in-batch-2': nothingSeen,
  'no-capacity': nothingSeen,
  'controller-lost': nothingSeen,
  'technical-timeout': nothingSeen,
  'cannot-terminate': nothingSeen,
  'stop-mid-drain': nothingSeen,
  'uncordon-fails': nothingSeen,
  'node-vanishes': nothingSeen,
  'spot-eviction-of-a-new-node': nothingSeen,
  'unknown-status': nothingSeen,
  huge: nothingSeen,
  'many-old-runs': nothingSeen,
}

const seenIn = async (scenario: ScenarioName, kubeconfigFile?: string): Promise<Expected> => {
  const assessment = await assessScenario(database, { scenario, nodes: 60, speed: 60 }, kubeconfigFile)
  return { nodes: nodesByRule(assessment), cluster: assessment.findings.map(({ id }) => id) }
}

it.each(scenarioNames)('with Kubernetes, the whole cluster of %s has the findings it should', async (scenario) => {
  expect(await seenIn(scenario, path.join(directory, scenario))).toEqual(expected[scenario])
})

it.each(['calm', 'mixed'] as const)('without Kubernetes, that of %s has one finding: the pool that no group takes', async (scenario) => {
  expect(await seenIn(scenario)).toEqual({ nodes: { 'no-vng-match': 2 }, cluster: [] })
})
