import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readPlanFacts } from '@/app/api/clusters/[clusterId]/plan-facts/route'
import { nodesAnswer } from '@/lib/contract/nodes'
import { planFactsAnswer } from '@/lib/contract/plan-facts'
import { effectsOn } from '@/lib/domain/plan/effects'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const withKubernetes = 'o-demo0001'
const without = 'o-demo0002'
let simulator: TestSimulator
let app: TestApp
let cookie = ''
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'slipway-plan-'))
  const kubeconfigFile = path.join(directory, 'kubeconfig')
  simulator = await startSimulator({ nodes: 60, scenario: 'mixed', kubeconfigFile })
  app = await startApp({ spotApiUrl: simulator.baseUrl, settings: { KUBECONFIG_FILE: kubeconfigFile, KUBE_CONTEXTS: `${withKubernetes}=prod-weu` } })
  cookie = await signedInCookie(auth)
  await change(without, '', 'PUT', { cluster: { scheduling } })
  await change(withKubernetes, '/roll', 'POST', {})
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
  await rm(directory, { recursive: true, force: true })
})

const factsOf = async (clusterId: string) => planFactsAnswer.parse(await (await call(readPlanFacts, { cookie, params: { clusterId } })).json())
const nodesOf = async (clusterId: string) => nodesAnswer.parse(await (await call(readNodes, { cookie, params: { clusterId } })).json()).nodes

const scheduling = {
  shutdownHours: { isEnabled: true, timeWindows: ['Sat:08:00-Sun:08:00'] },
  tasks: [
    { isEnabled: true, cronExpression: '0 1 * * *', taskType: 'clusterRoll' },
    { isEnabled: false, cronExpression: '0 2 * * *', taskType: 'clusterRoll' },
  ],
}

/** As another client of the Spot API. */
const change = async (clusterId: string, at: string, method: string, body: unknown) => {
  const response = await fetch(`${simulator.baseUrl}/ocean/azure/np/cluster/${clusterId}${at}?accountId=act-demo0001`, {
    method,
    headers: { authorization: 'Bearer demo-token', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status, await response.text()).toBe(200)
}

it('rolls that cannot be read are told as such, and cost nothing else', async () => {
  await simulator.admin.fault({ pathEndsWith: '/roll', effect: { kind: 'status', status: 500 } })
  expect(await factsOf(withKubernetes)).toMatchObject({ rolls: null, limits: { vCpuNow: expect.any(Number) } })
  await simulator.admin.clearFaults()
})

it('every node that can be migrated comes with its place, its size and what its pods ask for', async () => {
  const { nodes, landings, limits, managed } = await factsOf(withKubernetes)
  const rows = await nodesOf(withKubernetes)
  expect(nodes.map(({ nodeName }) => nodeName)).toEqual(rows.map(({ nodeName }) => nodeName))
  for (const [index, { match }] of rows.entries()) {
    const landing = nodes[index]?.landing ?? null
    if (match.kind === 'vng') expect(landings[landing ?? -1]?.vngId).toBe(match.vngId)
    if (match.kind === 'none') expect(landing).toBeNull()
  }
  expect(nodes.every(({ allocatable, requested, zone }) => allocatable !== null && requested !== null && zone !== null)).toBe(true)
  expect(limits?.vCpuNow).toBeGreaterThan(0)
  expect(managed?.some((name) => nodes.some(({ nodeName }) => nodeName === name))).toBe(false)
})

it('with Kubernetes the pods that the options meet are named', async () => {
  const facts = await factsOf(withKubernetes)
  expect(facts.kubernetes).toMatchObject({ isConnected: true, arePodsRead: true, areBudgetsRead: true, autoscalers: [], poolScaling: { state: 'active' } })
  const { poolScaling } = facts.kubernetes
  expect(poolScaling.state === 'active' && poolScaling.pools, 'by AKS’s own autoscaler').toContainEqual({ poolName: 'npbatch', minCount: 1, maxCount: 1_000 })
  const { budgets, standalone, restricted, moved } = effectsOn(new Set(facts.nodes.map(({ nodeName }) => nodeName)), facts)
  expect(budgets?.refusing.map(({ name }) => name)).toContain('api/feature-flags-pdb')
  expect(budgets?.inTwo.pods.length).toBeGreaterThan(0)
  expect(standalone?.pods.length).toBeGreaterThan(0)
  expect(restricted?.nodes.length).toBeGreaterThan(0)
  expect(moved?.workloads).toContain('Deployment api/feature-flags')
})

it('without Kubernetes pods are not known, and the requests are Spot’s', async () => {
  const { nodes, kubernetes } = await factsOf(without)
  expect(kubernetes).toEqual({ isConnected: false, arePodsRead: false, areBudgetsRead: false, autoscalers: null, poolScaling: { state: 'not-read', why: null } })
  expect(nodes.every(({ pods, requested }) => pods === null && requested !== null)).toBe(true)
})

it('what the clock will do and a roll that is on are told', async () => {
  const [{ schedule }, { rolls }] = [await factsOf(without), await factsOf(withKubernetes)]
  expect(schedule).toEqual({
    shutdownHours: [{ of: 'the cluster', landing: null, timeWindows: ['Sat:08:00-Sun:08:00'] }],
    tasks: [{ taskType: 'clusterRoll', cronExpression: '0 1 * * *' }],
  })
  expect(rolls).toEqual([expect.stringMatching(/^scr-/)])
})

it('a cluster of another account is refused', async () => {
  expect((await call(readPlanFacts, { cookie, params: { clusterId: 'o-othr0001' } })).status).toBe(404)
})
