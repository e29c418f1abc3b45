import { expect } from 'vitest'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { migration, type Migration } from '@/lib/spot/schemas/migration'
import { node } from '@/lib/spot/schemas/node'
import type { TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './call'

const hourMs = 3_600_000

/** Names of movable nodes of a pool, in the discovery's order. */
export const namesIn = async ({ baseUrl }: TestSimulator, poolName: string): Promise<string[]> =>
  (await readItems(discoveredNode, baseUrl, `${demoCluster}/migration/discovery`)).filter((found) => found.nodePoolName === poolName).map(({ nodeName }) => nodeName)

export const clusterNodes = ({ baseUrl }: TestSimulator) => readItems(node, baseUrl, `${demoCluster}/nodes`)

export const startRun = async ({ baseUrl }: TestSimulator, body: Record<string, unknown>): Promise<Migration> => {
  const { status, items, errors } = await call(baseUrl, `${demoCluster}/migration`, { method: 'POST', body })
  expect(status, JSON.stringify(errors)).toBe(200)
  return migration.parse(items[0])
}

export const readRun = async ({ baseUrl }: TestSimulator, id: string): Promise<Migration> => {
  const [run] = await readItems(migration, baseUrl, `${demoCluster}/migration/${id}`)
  if (run === undefined) throw new Error(`Run ${id} is not there.`)
  return run
}

/** Skips an hour at a time until the run has ended. */
export const toEnd = async (simulator: TestSimulator, id: string): Promise<Migration> => {
  for (let hours = 0; hours < 100; hours += 1) {
    const run = await readRun(simulator, id)
    if (run.status !== 'IN_PROGRESS') return run
    await simulator.admin.time({ skipMs: hourMs })
  }
  throw new Error(`Run ${id} has not ended in 100 hours.`)
}

export const statusesOf = ({ oldNodes }: Migration): Record<string, string> => Object.fromEntries(oldNodes.map(({ nodeName, status }) => [nodeName, status]))
