import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchReview, type LaunchRequest, type LaunchReview } from '@/lib/contract/launch'
import { planHash } from '@/lib/contract/plan-hash'
import type { PlanDifference } from '@/lib/domain/plan/differences'
import { onlyNodes } from '@/lib/domain/plan/reviewed'
import { AppError } from '@/lib/errors'
import { createKubeReader } from '@/lib/kube/reader'
import type { Context } from '@/lib/services/context'
import { getRun } from '@/lib/services/get-run'
import { startMigration } from '@/lib/services/start-migration'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { listOf, startApiServer, type ApiServer } from '@/tests/integration/kube/support/api-server'
import { createHandClock } from '@/tests/support/hand-clock'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { accountId, clusterId, emptyTables, startBench, type Bench } from './support/bench'

let database: TestDatabase
let bench: Bench
let ctx: Context
let skewMs = 0

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

beforeEach(async () => {
  skewMs = 0
  await emptyTables(database)
  // The wall's own pace, so that only a test that says so sees facts grow old.
  const timers = { now: () => Date.now() + skewMs, elapsedMs: () => Date.now(), after: (ms: number, act: () => void) => cancelOf(setTimeout(act, ms)) }
  bench = await startBench({ connection: async () => database, timers, flags: { speed: 60 }, headersMs: 3_000 })
  ctx = await bench.contextFor()
})
afterEach(() => bench.close())

const cancelOf = (timer: NodeJS.Timeout) => () => clearTimeout(timer)
const launch = (request: LaunchRequest, as = ctx) => startMigration({ ctx: as, input: { clusterId, request } })
const posts = () => bench.upstream('POST', '/migration')

/** Somebody with another server before them, whose changes this one has not read. */
const elsewhere = async () => (await bench.startServer().contextFor({ name: 'Bob' })).spot

const refusal = async (request: LaunchRequest, as = ctx): Promise<AppError> => {
  const error: unknown = await launch(request, as).then(
    (answer) => answer,
    (thrown: unknown) => thrown,
  )
  if (error instanceof AppError) return error
  throw new Error(`not refused: ${JSON.stringify(error)}`, { cause: error })
}
const changed = async (request: LaunchRequest, as = ctx): Promise<LaunchReview> => {
  const { code, status, detail, attachment } = await refusal(request, as)
  expect({ code, status }, detail).toEqual({ code: 'plan_changed', status: 409 })
  return launchReview.parse(attachment)
}
/** The same launch, by somebody who has accepted the plan as it is now. */
const acceptedAs = async (request: LaunchRequest, { fresh }: LaunchReview): Promise<LaunchRequest> => {
  const names = request.nodeNames?.filter((name) => fresh.nodeNames.includes(name))
  const { nodeNames, ...reviewed } = names === undefined ? fresh : onlyNodes(fresh, names)
  const rest = names === undefined ? { reviewed: { ...reviewed, nodeNames } } : { reviewed, nodeNames: names }
  return { ...request, ...rest, planHash: await planHash({ ...reviewed, nodeNames }, request) }
}

/** Nodes of one group, and the group. */
const groupOfNodes = async () => {
  const { data } = await ctx.spot.discover(clusterId)
  const [first] = data.flatMap(({ match }) => (match.kind === 'vng' ? [match.vngId] : []))
  const vngId = first ?? ''
  const nodeNames = data.flatMap(({ nodeName, match }) => (match.kind === 'vng' && match.vngId === vngId ? [nodeName] : []))
  return { vngId, nodeNames, others: data.flatMap(({ nodeName, match }) => (match.kind === 'vng' && match.vngId !== vngId ? [nodeName] : [])) }
}

type Change = { act: (at: { vngId: string; nodeNames: string[] }) => Promise<unknown>; differences: (at: { vngId: string; nodeNames: string[] }) => unknown[] }

const changes: Record<string, Change> = {
  'a group was edited that nodes land in': {
    act: async ({ vngId }) => (await elsewhere()).updateVng(vngId, { nodeCountLimits: { maxCount: 900 } }),
    differences: ({ vngId }) => [expect.objectContaining({ kind: 'group', vngId })],
  },
  'the controller has fallen silent': {
    act: async () => {
      await bench.admin.twin({ kind: 'controller', clusterId, isSilent: true })
      skewMs = 6 * 60_000
    },
    differences: () => [{ kind: 'heartbeat', from: 'reporting', to: 'stale' }],
  },
  'the list of nodes cannot be read': {
    act: async () => bench.admin.fault({ method: 'GET', pathEndsWith: '/nodes', effect: { kind: 'status', status: 500 } }),
    differences: () => [{ kind: 'not-read', facts: ['cluster-nodes'] }],
  },
}

describe('between review and launch', () => {
  test.each(Object.entries(changes))('%s: it is told, nothing starts, and what is accepted starts once', async (_, { act, differences }) => {
    const at = await groupOfNodes()
    const request = await bench.request(0, { nodeNames: at.nodeNames })
    await act(at)
    const review = await changed(request)
    expect(review.differences).toEqual(differences(at))
    expect(await posts(), 'nothing was sent').toHaveLength(0)
    expect(await database.sql`select id from launches`, 'nothing was recorded').toHaveLength(0)

    const accepted = await acceptedAs(request, review)
    expect(accepted.launchKey).toBe(request.launchKey)
    const answers = await Promise.all([launch(accepted), launch(accepted)])
    expect(new Set(answers.map(({ migrationId }) => migrationId)).size).toBe(1)
    expect(answers[0]).toMatchObject({ state: 'acked' })
    expect(await posts()).toHaveLength(1)
    expect((await database.sql`select plan_hash from launches`)[0]).toEqual({ plan_hash: accepted.planHash })
    const { options } = await getRun({ ctx, input: { clusterId, migrationId: answers[0]?.migrationId ?? '' } })
    expect(options.planHash, 'the run names the plan that was reviewed').toBe(accepted.planHash)
  })

  test('a roll was begun: it is told, and accepted it is sent, for Spot to say whether both can be on', async () => {
    const request = await bench.request(2)
    const roll = await fetch(`${ctx.installation.upstream}/ocean/azure/np/cluster/${clusterId}/roll?accountId=${accountId}`, { method: 'POST', headers: { authorization: 'Bearer demo-token', 'content-type': 'application/json' }, body: '{}' })
    expect(roll.status, await roll.clone().text()).toBe(200)
    const review = await changed(request)
    expect(review.differences).toEqual([{ kind: 'around', around: 'rolls', names: [expect.any(String)] }])
    expect(await posts()).toHaveLength(0)
    await launch(await acceptedAs(request, review))
    expect(await posts()).toHaveLength(1)
  })

  test('nodes match nothing any more: they are told and left out of what can be accepted', async () => {
    const { vngId, nodeNames, others } = await groupOfNodes()
    const [other = ''] = others
    const request = await bench.request(0, { nodeNames: [...nodeNames, other] })
    await (await elsewhere()).updateVng(vngId, { labels: { moved: 'away' } })
    const review = await changed(request)
    const told: PlanDifference[] = review.differences
    expect(told).toContainEqual({ kind: 'match', from: expect.any(String), to: 'none', nodeNames })
    expect(told).toContainEqual({ kind: 'finding', id: 'no-vng-match', from: null, to: 'blocker', nodeNames })
    expect(review.fresh.nodeNames).toEqual([other])
    const { migrationId } = await launch(await acceptedAs(request, review))
    expect(await posts()).toHaveLength(1)
    expect(Object.keys((await bench.admin.runs())[migrationId ?? '']?.nodes ?? {})).toEqual([other])
  })

  test('a node has gone from a pool that is migrated as a whole', async () => {
    const { data } = await ctx.spot.discover(clusterId)
    const [first] = data
    const request = await bench.request(0, { nodeNames: undefined, nodePoolNames: [first?.nodePoolName ?? ''] })
    await bench.admin.twin({ kind: 'vanish-node', clusterId, nodeName: first?.nodeName ?? '' })
    const review = await changed(request)
    expect(review.differences).toEqual([{ kind: 'gone', nodeNames: [first?.nodeName] }])
    expect(await launch(await acceptedAs(request, review))).toMatchObject({ state: 'acked' })
    expect(await posts()).toHaveLength(1)
  })

  test('nothing: a plan that was read once is launched as it is', async () => {
    expect(await launch(await bench.request())).toMatchObject({ state: 'acked' })
  })
})

describe('a Kubernetes that no longer answers', () => {
  const servers: ApiServer[] = []
  const connectedTo = async (isSilent: boolean): Promise<Context> => {
    const server = await startApiServer(() => (isSilent ? { isSilent } : listOf([])))
    servers.push(server)
    return { ...ctx, kube: createKubeReader({ settings: { ...server.settings, contexts: { [clusterId]: 'prod' } } }) }
  }
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
  })

  test('keeps a launch waiting for some seconds, is told as not read, and can be accepted', async () => {
    const request = await bench.request(2, {}, await connectedTo(false))
    const silent = await connectedTo(true)
    const startedAt = Date.now()
    const review = await changed(request, silent)
    expect(Date.now() - startedAt).toBeLessThan(8_000)
    expect(review.differences).toEqual([{ kind: 'not-read', facts: ['autoscaler', 'claims', 'daemonSets', 'namespaces', 'nodes', 'pdbs', 'pods', 'workloads'] }])
    expect(await posts()).toHaveLength(0)
    expect(await launch(await acceptedAs(request, review), silent)).toMatchObject({ state: 'acked' })
    expect(await posts()).toHaveLength(1)
  })
})

test('a Kubernetes so large that it takes two minutes to read is read to its end before a launch', async () => {
  const clock = createHandClock()
  const server = await startApiServer((url) => {
    const page = Number(url.searchParams.get('continue') ?? 0)
    if (!url.pathname.endsWith('/pods')) return listOf([])
    clock.pass(5_000)
    return listOf([], page < 24 ? String(page + 1) : '')
  })
  try {
    const connected = { ...ctx, kube: createKubeReader({ settings: { ...server.settings, contexts: { [clusterId]: 'prod' } }, ...clock }) }
    const request = await bench.request(2, {}, connected)
    expect(request.reviewed.read).toContain('pods')
    expect(await launch(request, connected)).toMatchObject({ state: 'acked' })
    expect(server.asked.filter(({ url }) => url.pathname.endsWith('/pods')).length, 'read once more').toBeGreaterThan(25)
  } finally {
    await server.stop()
  }
})

describe('a launch is refused', () => {
  const careless = { ...defaultMigrationOptions, shouldTerminateNodes: true, respectPdb: false, batchSizePercentage: 100 }

  test.each(['terminates-nodes', 'ignores-pdbs', 'all-at-once'] as const)('while %s is not acknowledged, naming it', async (id) => {
    const request = await bench.request(4, { options: careless })
    const error = await refusal({ ...request, acknowledged: request.acknowledged.filter((risk) => risk !== id) })
    expect(error).toMatchObject({ code: 'risk_not_acknowledged', status: 409, facts: { risks: [id] } })
    expect(launchReview.parse(error.attachment).risks.map((risk) => risk.id)).toContain(id)
    expect(await posts()).toHaveLength(0)
    expect(await launch(request)).toMatchObject({ state: 'acked' })
  })

  test.each([['another name'], [''], [undefined]])('while the name of the cluster is typed as %j', async (typedClusterName) => {
    const request = await bench.request(2, { options: careless })
    expect(request.typedClusterName).toBeDefined()
    expect(await refusal({ ...request, typedClusterName })).toMatchObject({ code: 'invalid_input', issues: [{ path: 'typedClusterName' }] })
    expect(await posts()).toHaveLength(0)
    expect(await launch(request)).toMatchObject({ state: 'acked' })
  })

  test('whose plan does not have its hash', async () => {
    const request = await bench.request(2)
    expect(await refusal({ ...request, comment: 'another comment' })).toMatchObject({ code: 'invalid_input', issues: [{ path: 'planHash' }] })
    expect(await refusal({ ...request, options: { ...request.options, respectPdb: !request.options.respectPdb } })).toMatchObject({ code: 'invalid_input', issues: [{ path: 'planHash' }] })
    expect(await posts()).toHaveLength(0)
  })
})
