import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileNameOf, jsonBody, type CodeInput } from '@/components/wizard/as-code/code-input'
import { curlCommand, needsBodyFile } from '@/components/wizard/as-code/curl'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { defaultMigrationOptions, migration } from '@/lib/spot/schemas/migration'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './support/call'
import { namesIn } from './support/runs'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

let simulator: TestSimulator
const folder = mkdtempSync(join(tmpdir(), 'as-code-'))
/** So many nodes that their names do not fit in a command line. */
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 5_000 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await simulator.close()
})

const comment = 'it\'s "wave 1"; $(reboot) `id`\n\\ 😀 web\u202egnp'
const preferences = { ...defaultMigrationOptions, batchSizePercentage: 33, respectPdb: false, comment }
const planOf = (nodeNames: string[], nodePoolNames: string[] | null = null): CodeInput => ({ upstream: simulator.baseUrl, accountId: 'act-demo0001', clusterId: 'o-demo0001', nodeNames, nodePoolNames, preferences })

const runCommand = async (plan: CodeInput) => {
  const script = join(folder, 'command.sh')
  writeFileSync(script, curlCommand(plan))
  writeFileSync(join(folder, fileNameOf(plan, 'json')), jsonBody(plan))
  const { stdout } = await run('bash', [script], { cwd: folder, env: { ...process.env, SPOT_TOKEN: 'demo-token' }, maxBuffer: 1 << 28 })
  const answer = JSON.parse(stdout) as { response: { items?: unknown[]; errors?: { message: string }[] } }
  expect(answer.response.errors).toBeUndefined()
  return answer.response.items?.[0]
}

/** Stops what was started, so that the next one can start. */
const started = async (item: unknown) => {
  const answered = migration.parse(item)
  const [found] = await readItems(migration, simulator.baseUrl, `${demoCluster}/migration/${answered.id}`)
  await call(simulator.baseUrl, `${demoCluster}/migration/${answered.id}/stop`, { method: 'PUT' })
  await simulator.admin.time({ skipMs: 3_600_000 })
  return { ...found, nodes: found?.oldNodes.map(({ nodeName }) => nodeName).sort() }
}

/** The options that the API gives back; it keeps the batch size to itself. */
const returned = { batchMinHealthyPercentage: 50, respectPdb: false, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }

describe.skipIf(!hasCurl)(hasCurl ? 'a plan as a command, run by a shell' : 'a plan as a command, run by a shell (skipped: no curl here)', () => {
  it('starts the migration of exactly its nodes, with every option and the comment as written', async () => {
    const some = await namesIn(simulator, 'npweb')
    const answer = await runCommand(planOf(some.slice(0, 3)))
    expect(await started(answer)).toMatchObject({ ...returned, comment, nodes: some.slice(0, 3).sort() })
  })

  it('sends node pools where the plan does', async () => {
    const some = await namesIn(simulator, 'npapi')
    const answer = await runCommand(planOf(some, ['npapi']))
    expect(await started(answer)).toMatchObject({ ...returned, comment, nodes: [...some].sort() })
  })

  it('reads thousands of names from the file that goes with it', async () => {
    const nodeNames = (await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery`)).map(({ nodeName }) => nodeName)
    const plan = planOf(nodeNames)
    expect(needsBodyFile(plan)).toBe(true)
    const answer = await runCommand(plan)
    expect(await started(answer)).toMatchObject({ ...returned, comment, nodes: [...nodeNames].sort() })
  })
})

it('a plan as JSON is accepted as it stands', async () => {
  const plan = planOf((await namesIn(simulator, 'npbatch')).slice(0, 2))
  const { status, items } = await call(simulator.baseUrl, `${demoCluster}/migration`, { method: 'POST', rawBody: jsonBody(plan) })
  expect(status).toBe(200)
  expect(await started(items[0])).toMatchObject({ nodes: [...plan.nodeNames].sort(), comment })
})
