import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { createKubeReader } from '@/lib/kube/reader'
import { scenarioNames, type ScenarioName } from '@/lib/simulator/scenarios/table'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { assessOver, rulesByPool } from './support/assess'

let simulator: TestSimulator | undefined
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'slipway-kube-'))
})
afterEach(async () => {
  await simulator?.close()
  await rm(directory, { recursive: true, force: true })
})

it.each(['calm', 'mixed'] as const)('without Kubernetes, the %s scenario has one kind of finding: the pool that no group takes', async (scenario) => {
  simulator = await startSimulator({ scenario, nodes: 60 })
  const { assessment, poolOf } = await assessOver(simulator.baseUrl, () => null)
  expect(rulesByPool(assessment, poolOf)).toEqual({ npapi: [], npbatch: [], npdata: [], npgpu: ['no-vng-match'], npweb: [] })
})

type Rules = Record<'npapi' | 'npbatch' | 'npdata' | 'npgpu' | 'npweb', string[]>

/** What goes wrong in these is not to be seen beforehand: all but the pool without a group looks well. */
const nothingSeen: Rules = { npapi: [], npbatch: [], npdata: [], npgpu: ['fits-no-vng', 'no-vng-match'], npweb: [] }

const expected: Partial<Record<ScenarioName, Rules>> = {
  mixed: {
    npapi: ['daemonset-stays', 'do-not-disrupt', 'local-data', 'no-spot-toleration', 'pdb-allows-none', 'restrict-scale-down', 'single-replica', 'two-pdbs', 'unready-behind-pdb'],
    npbatch: ['daemonset-stays', 'fits-no-vng', 'local-data', 'no-spot-toleration', 'not-safe-to-evict', 'pdb-allows-none', 'restrict-scale-down', 'single-replica', 'standalone-pod'],
    npdata: ['local-volume', 'pdb-allows-none'],
    npgpu: ['fits-no-vng', 'no-vng-match'],
    npweb: ['daemonset-stays', 'no-spot-toleration', 'restrict-scale-down'],
  },
  'pdb-skips-everything-but-completes': {
    npapi: ['pdb-allows-none'],
    npbatch: ['pdb-allows-none'],
    npdata: ['pdb-allows-none'],
    npgpu: ['fits-no-vng', 'no-vng-match', 'pdb-allows-none'],
    npweb: ['pdb-allows-none'],
  },
}

it.each(scenarioNames)('with Kubernetes, the %s scenario has the findings it should', async (scenario) => {
  const kubeconfigFile = path.join(directory, 'kubeconfig')
  simulator = await startSimulator({ scenario, nodes: 60, kubeconfigFile })
  const reader = createKubeReader({ settings: { kubeconfigFile, contexts: { 'o-demo0001': 'prod-weu' }, inClusterId: null, mayExec: false } })
  const { assessment, poolOf } = await assessOver(simulator.baseUrl, async (clusterId) => indexKube(await reader.read(clusterId, 0)))
  expect(rulesByPool(assessment, poolOf)).toEqual(expected[scenario] ?? nothingSeen)
  expect(assessment.findings.map(({ id }) => id)).toEqual(scenario === 'mixed' ? ['pending-pods'] : [])
})
