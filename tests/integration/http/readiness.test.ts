import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { GET as readNode } from '@/app/api/clusters/[clusterId]/nodes/[nodeName]/route'
import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readPlanFacts } from '@/app/api/clusters/[clusterId]/plan-facts/route'
import { GET as readReadiness } from '@/app/api/clusters/[clusterId]/readiness/route'
import { GET as readKubernetes } from '@/app/api/kubernetes/route'
import { kubernetesAnswer } from '@/lib/contract/kubernetes'
import { nodeDetail } from '@/lib/contract/node-detail'
import { nodesAnswer } from '@/lib/contract/nodes'
import { planFactsAnswer } from '@/lib/contract/plan-facts'
import { problem } from '@/lib/contract/problem'
import { readinessAnswer } from '@/lib/contract/readiness'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const clusterId = 'o-demo0001'
let simulator: TestSimulator
let app: TestApp
let cookie = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 60 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
})
afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const nodes = async () => nodesAnswer.parse(await (await call(readNodes, { cookie, params: { clusterId } })).json())
const readiness = async () => readinessAnswer.parse(await (await call(readReadiness, { cookie, params: { clusterId } })).json())
const details = (nodeName: string, cluster = clusterId) => call(readNode, { cookie, params: { clusterId: cluster, nodeName } })
const detailOf = async (nodeName: string) => nodeDetail.parse(await (await details(nodeName)).json())
const nameIn = async (pool: string) => (await nodes()).nodes.find(({ poolName }) => poolName === pool)?.nodeName ?? ''

describe('readiness without Kubernetes', () => {
  it('speaks of every node that can be migrated, and says that Kubernetes is not connected', async () => {
    const answer = await readiness()
    expect(answer.nodes.map(({ nodeName }) => nodeName)).toEqual((await nodes()).nodes.map(({ nodeName }) => nodeName))
    expect(answer.kubernetes).toEqual({ isConnected: false, parts: [] })
    expect(answer.workloads).toEqual([])
    const { connections } = kubernetesAnswer.parse(await (await call(readKubernetes, { cookie })).json())
    expect(connections).toContainEqual({ clusterId, name: 'prod-weu', way: null, last: null })
  })

  it('agrees with what the rows say until Kubernetes has more to tell', async () => {
    const rows = new Map((await nodes()).nodes.map(({ nodeName, readiness: state }) => [nodeName, state]))
    for (const { nodeName, readiness: state } of (await readiness()).nodes) expect([nodeName, state]).toEqual([nodeName, rows.get(nodeName)])
  })

  it('goes by Slipway’s own reading where Spot does not tell the match', async () => {
    const elsewhere = { cookie, params: { clusterId: 'o-demo0002' } }
    await simulator.admin.wire({ isMatchLeftOut: true })
    const answer = readinessAnswer.parse(await (await call(readReadiness, elsewhere)).json())
    const facts = planFactsAnswer.parse(await (await call(readPlanFacts, elsewhere)).json())
    await simulator.admin.wire({ isMatchLeftOut: false })
    const landings = new Map(facts.nodes.map(({ nodeName, landing }) => [nodeName, landing]))
    const found = answer.nodes.map(({ nodeName, readiness: state, findings }) => ({ state, isPlaced: landings.get(nodeName) !== null, ids: findings.map((place) => answer.findings[place]?.id) }))
    for (const { isPlaced, ids } of found) expect(ids).toContain(isPlaced ? 'match-not-said' : 'probably-no-match')
    expect(found.some(({ isPlaced }) => isPlaced)).toBe(true)
    expect(found.some(({ state }) => state === 'ready')).toBe(false)
  })

  it('is refused for a cluster of another account, like any reading', async () => {
    const refused = await call(readReadiness, { cookie, params: { clusterId: 'o-othr0001' } })
    expect(refused.status).toBe(404)
  })
})

describe('one node', () => {
  it('without a match is compared with every group, the nearest first, point by point', async () => {
    const detail = await detailOf(await nameIn('npgpu'))
    expect(detail).toMatchObject({ match: { kind: 'none' }, readiness: 'unable', own: { verdict: { kind: 'none' }, agreement: 'agrees' }, pods: null })
    expect(detail.findings[0]).toMatchObject({ id: 'no-vng-match' })
    expect(detail.groups.map(({ vngId }) => vngId).indexOf(null)).toBe(detail.groups.length - 1)
    const changes = detail.groups.flatMap((group) => (group.vngId === null ? [] : [group.changes]))
    expect(changes).toEqual([...changes].sort((a, b) => a - b))
    expect(detail.groups[0]?.taints).toContainEqual({ taint: 'sku=gpu:NoSchedule', state: 'vng-lacks' })
    expect(detail.groups[0]?.labels).toContainEqual(expect.objectContaining({ key: 'gpu', state: 'missing' }))
  })

  it('with a match shows it first, and agrees with Spot', async () => {
    const detail = await detailOf(await nameIn('npweb'))
    expect(detail.groups[0]).toMatchObject({ isMatch: true, changes: 0 })
    expect(detail.own).toMatchObject({ agreement: 'agrees' })
    expect(detail.reported?.nodeName).toBe(detail.nodeName)
  })

  it('that is not there is told apart from a name that cannot be one', async () => {
    const missing = await details('aks-npweb-00000000-vmss000000')
    expect(problem.parse(await missing.json())).toMatchObject({ status: 404, detail: expect.stringContaining('does not list') })
    expect((await details('../etc')).status).toBe(404)
    expect((await details(await nameIn('npweb'), 'o-othr0001')).status).toBe(404)
  })
})
