import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, groupsPath, type CallOptions } from './support/call'

const root = path.resolve(import.meta.dirname, '../../..')
const file = path.resolve(root, '..', 'shared', 'spot-api', 'spot-aks.patched.json')
const isThere = existsSync(file)
const title = isThere ? 'every answer is valid against the vendor\'s contract' : 'SKIPPED: the vendor\'s contract document is not beside the project, so answers are not checked against it'

type Content = { content?: Record<string, { schema: object }> }
type Operation = { responses: Record<string, Content> }
type Contract = { paths: Record<string, Record<string, Operation>> }

const operations = ['get', 'post', 'put', 'delete']

const nodes = '/ocean/azure/np/cluster/{oceanClusterId}/nodes'
const cluster = '/ocean/azure/np/cluster/{oceanClusterId}'
const group = '/ocean/azure/np/virtualNodeGroup/{virtualNodeGroupId}'
const run = '/ocean/azure/np/cluster/{oceanClusterId}/migration/{migrationId}'
const costs = '/ocean/azure/k8s/cluster/{oceanClusterId}/aggregatedCosts'
const costBody = { startTime: '2026-01-01T00:20:00Z', endTime: '2026-01-02T00:50:00Z', groupBy: 'namespace' }
const day = `fromDate=2020-01-01&toDate=2100-01-01`
const newCluster = {
  cluster: {
    name: 'made-here',
    controllerClusterId: 'made-here',
    aks: { clusterName: 'made-here', resourceGroupName: 'rg', region: 'eastus', infrastructureResourceGroupName: 'MC_rg' },
    autoScaler: { resourceLimits: { maxVCpu: 100, maxMemoryGib: 400 } },
    virtualNodeGroupTemplate: { availabilityZones: ['1'], labels: { team: 'a' }, nodePoolProperties: { osSKU: 'AzureLinux' } },
  },
}

type Known = { simulator: TestSimulator; contract: Contract; vngId: string; freeVngId: string; managedNode: string; runId: string; newClusterId: string }
type Case = { operation: string; path: (known: Known) => string; options?: (known: Known) => CallOptions; status?: number }

const own: Case[] = [
  { operation: 'get /setup/account', path: () => '/setup/account' },
  { operation: 'post /setup/account', path: () => '/setup/account', options: () => ({ method: 'POST', body: { account: { name: 'new' } } }) },
  { operation: 'get /ocean/azure/np/cluster', path: () => '/ocean/azure/np/cluster' },
  { operation: `get ${cluster}`, path: () => demoCluster },
  { operation: `put ${cluster}`, path: () => demoCluster, options: () => ({ method: 'PUT', body: { cluster: { autoScaler: { resourceLimits: { maxVCpu: 5000 } } } } }) },
  { operation: `get ${nodes}`, path: () => `${demoCluster}/nodes` },
  { operation: 'get /ocean/azure/np/virtualNodeGroup', path: () => `${groupsPath}?oceanId=o-demo0001` },
  { operation: `get ${group}`, path: ({ vngId }) => `${groupsPath}/${vngId}` },
  { operation: `put ${group}`, path: ({ vngId }) => `${groupsPath}/${vngId}`, options: () => ({ method: 'PUT', body: { virtualNodeGroup: { strategy: { drainingTimeout: 600 } } } }) },
  { operation: `delete ${group}`, path: ({ freeVngId }) => `${groupsPath}/${freeVngId}`, options: () => ({ method: 'DELETE' }) },
  { operation: 'post /ocean/azure/np/virtualNodeGroup/import', path: () => `${groupsPath}/import?oceanId=o-demo0001&nodePoolName=npapi`, options: () => ({ method: 'POST' }) },
  { operation: 'get /ocean/azure/np/virtualNodeGroup/vmSizes', path: ({ vngId }) => `${groupsPath}/vmSizes?virtualNodeGroupId=${vngId}` },
  { operation: `get ${cluster}/migration/discovery`, path: () => `${demoCluster}/migration/discovery?shouldFetchPods=true` },
  { operation: `get ${cluster}/migration`, path: () => `${demoCluster}/migration` },
  { operation: `get ${run}`, path: ({ runId }) => `${demoCluster}/migration/${runId}` },
  { operation: `put ${run}/stop`, path: ({ runId }) => `${demoCluster}/migration/${runId}/stop`, options: () => ({ method: 'PUT' }) },
  { operation: `get ${cluster}/log`, path: () => `${demoCluster}/log?${day}` },
  { operation: 'get /ocean/k8s/cluster/{oceanClusterId}/controllerHeartbeat', path: () => '/ocean/k8s/cluster/o-demo0001/controllerHeartbeat' },
  { operation: `post ${costs}`, path: () => '/ocean/azure/k8s/cluster/o-demo0001/aggregatedCosts', options: () => ({ method: 'POST', body: costBody }) },
  { operation: `post ${costs}/summary`, path: () => '/ocean/azure/k8s/cluster/o-demo0001/aggregatedCosts/summary', options: () => ({ method: 'POST', body: costBody }) },
  {
    operation: 'put /ocean/azure/np/cluster/detachNodes',
    path: () => '/ocean/azure/np/cluster/detachNodes',
    options: ({ managedNode }) => ({ method: 'PUT', body: { oceanId: 'o-demo0001', nodeNamesToDetach: [managedNode] } }),
  },
  { operation: `delete ${cluster}`, path: ({ newClusterId }) => `/ocean/azure/np/cluster/${newClusterId}`, options: () => ({ method: 'DELETE' }) },
]

const failing: Case[] = [
  { operation: `get ${cluster}`, status: 401, path: () => demoCluster, options: () => ({ token: 'expired-token' }) },
  { operation: `put ${cluster}`, status: 403, path: () => demoCluster, options: () => ({ method: 'PUT', body: { cluster: {} }, token: 'readonly-token' }) },
  { operation: `get ${cluster}`, status: 404, path: () => '/ocean/azure/np/cluster/o-00000000' },
  { operation: `post ${cluster}/migration`, status: 400, path: () => `${demoCluster}/migration`, options: () => ({ method: 'POST', body: { nodeNames: ['no-such-node'] } }) },
]

describe.skipIf(!isThere)(title, () => {
  let known: Known
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const validators = new Map<string, ValidateFunction>()

  const validatorFor = (operation: string, status: number): ValidateFunction => {
    const key = `${operation} ${status}`
    const [method = '', template = ''] = operation.split(' ')
    const schema = Object.values(known.contract.paths[template]?.[method]?.responses[status]?.content ?? {})[0]?.schema
    if (schema === undefined) throw new Error(`The contract has no ${status} answer for ${operation}.`)
    const validate = validators.get(key) ?? ajv.compile(schema)
    validators.set(key, validate)
    return validate
  }

  const faultsOf = (operation: string, status: number, json: unknown): string[] => {
    const validate = validatorFor(operation, status)
    validate(json)
    return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }

  beforeAll(async () => {
    const simulator = await startSimulator({ scenario: 'mixed' })
    const contract = JSON.parse(readFileSync(file, 'utf8')) as Contract
    const { baseUrl } = simulator
    const found = (await call(baseUrl, `${demoCluster}/migration/discovery`)).items.map(({ nodeName }) => String(nodeName))
    const groups = await call(baseUrl, `${groupsPath}?oceanId=o-demo0001`)
    const managed = (await call(baseUrl, `${demoCluster}/nodes`)).items.find(({ virtualNodeGroupId }) => virtualNodeGroupId !== undefined)
    known = { simulator, contract, vngId: String(groups.items[0]?.id), freeVngId: '', managedNode: String(managed?.nodeName), runId: '', newClusterId: '' }
    const made = await call(baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup: { name: 'free', oceanId: 'o-demo0001', taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] } } })
    expect(faultsOf('post /ocean/azure/np/virtualNodeGroup', 200, made.json)).toEqual([])
    const created = await call(baseUrl, '/ocean/azure/np/cluster', { method: 'POST', body: newCluster })
    expect(faultsOf('post /ocean/azure/np/cluster', 200, created.json)).toEqual([])
    const started = await call(baseUrl, `${demoCluster}/migration`, { method: 'POST', body: { nodeNames: found.slice(0, 6), comment: 'contract' } })
    expect(faultsOf(`post ${cluster}/migration`, 200, started.json)).toEqual([])
    Object.assign(known, { freeVngId: made.items[0]?.id, newClusterId: created.items[0]?.id, runId: started.items[0]?.id })
    await simulator.admin.time({ skipMs: 400_000 })
  })
  afterAll(() => known.simulator.close())

  it('has a case for every operation of the document', () => {
    const covered = new Set([...own.map(({ operation }) => operation), 'post /ocean/azure/np/virtualNodeGroup', 'post /ocean/azure/np/cluster', `post ${cluster}/migration`])
    const wanted = Object.entries(known.contract.paths).flatMap(([template, item]) => operations.filter((method) => item[method]).map((method) => `${method} ${template}`))
    expect([...covered].sort()).toEqual(wanted.sort())
  })

  it.each([...own, ...failing].map((entry) => [`${entry.operation} ${entry.status ?? 200}`, entry] as const))('%s', async (_name, { operation, path: pathFor, options, status = 200 }) => {
    const reply = await call(known.simulator.baseUrl, pathFor(known), options?.(known))
    expect(reply.status, JSON.stringify(reply.body.errors)).toBe(status)
    expect(faultsOf(operation, status, reply.json)).toEqual([])
  })

  it('would not pass a status outside the enum', async () => {
    await known.simulator.admin.wire({ statusCase: 'capitalised' })
    const reply = await call(known.simulator.baseUrl, `${demoCluster}/migration`)
    await known.simulator.admin.wire({ statusCase: 'upper' })
    expect(faultsOf(`get ${cluster}/migration`, 200, reply.json)).not.toEqual([])
  })

  it('stays valid for a run at its end', async () => {
    await known.simulator.admin.time({ skipMs: 86_400_000 })
    const reply = await call(known.simulator.baseUrl, `${demoCluster}/migration`)
    expect(reply.items.map(({ status }) => status)).toContain('STOPPED')
    expect(faultsOf(`get ${cluster}/migration`, 200, reply.json)).toEqual([])
  })
})
