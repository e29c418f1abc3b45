import { afterEach, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { assessOver, rulesByPool } from './support/assess'

let simulator: TestSimulator | undefined
afterEach(async () => simulator?.close())

it.each(['calm', 'mixed'] as const)('without Kubernetes, the %s scenario has one kind of finding: the pool that no group takes', async (scenario) => {
  simulator = await startSimulator({ scenario, nodes: 60 })
  const { assessment, poolOf } = await assessOver(simulator.baseUrl, () => null)
  expect(rulesByPool(assessment, poolOf)).toEqual({ npapi: [], npbatch: [], npdata: [], npgpu: ['no-vng-match'], npweb: [] })
})
