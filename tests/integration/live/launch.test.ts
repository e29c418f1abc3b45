import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { readMark } from '@/lib/domain/launch-mark'
import { createDraft } from '@/lib/services/create-draft'
import { getCluster } from '@/lib/services/get-cluster'
import { getDraft } from '@/lib/services/get-draft'
import { getLaunch } from '@/lib/services/get-launch'
import { getRun } from '@/lib/services/get-run'
import { holdNodes } from '@/lib/services/hold-nodes'
import { listRuns } from '@/lib/services/list-runs'
import { bodyOf } from '@/lib/live/launcher'
import { listDrafts } from '@/lib/services/list-drafts'
import { openStream } from '@/lib/services/open-stream'
import { startMigration } from '@/lib/services/start-migration'
import type { Context } from '@/lib/services/context'
import { openTestDatabase, type TestDatabase } from '@/tests/support/database'
import { clusterId, emptyTables, fastTimers, startBench, type Bench } from './support/bench'
import { readStream } from './support/events'
import { repeats } from '@/tests/support/soak'

let database: TestDatabase
let bench: Bench
let ctx: Context
let timers: ReturnType<typeof fastTimers>

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.remove())

beforeEach(() => emptyTables(database))
afterEach(() => bench.close())

const open = async (headersMs?: number) => {
  timers = fastTimers(20)
  bench = await startBench({ connection: async () => database, timers, ...(headersMs === undefined ? {} : { headersMs }) })
  ctx = await bench.contextFor()
}
/** A call that hangs is given up so soon, and others have to be answered within it. */
const hangMs = 500

/** Races are run many times in the soak. */
const again = { repeats: repeats(1, 50) - 1 }

const posts = () => bench.upstream('POST', '/migration')
const launch = (request: Awaited<ReturnType<Bench['request']>>, as = ctx) => startMigration({ ctx: as, input: { clusterId, request } })
/** As if all that is open had been sent two minutes ago: so long a run may turn up in the list. */
const passTwoMinutes = () => database.sql`update launches set sent_at = sent_at - interval '2 minutes'`
const settledAsNotFound = async (answer: LaunchAnswer) => {
  await passTwoMinutes()
  await settled(answer).toBe('not_found')
}
const settled = (answer: LaunchAnswer) =>
  expect.poll(async () => (await getLaunch({ ctx, input: { clusterId, launchId: answer.launchId } })).state, { timeout: 15_000 })
/** Spot knows no run of this id, and its list none that is on. */
const forget = async (migrationId: string) => {
  const faults = [
    { pathEndsWith: '/migration', effect: { kind: 'field', path: 'id', value: 'scr-0000none' } },
    { pathEndsWith: '/migration', effect: { kind: 'field', path: 'status', value: 'COMPLETED' } },
    { pathEndsWith: `/${migrationId}`, effect: { kind: 'status', status: 404 } },
  ] as const
  for (const fault of faults) await bench.admin.fault({ method: 'GET', times: 100, ...fault })
}
const created = async () => (await bench.admin.createdMigrations())[clusterId] ?? 0

describe('one launch is one migration', () => {
  beforeEach(() => open())

  test('fifty presses with one key send one POST and give one answer', again, async () => {
    const request = await bench.request()
    const answers = await Promise.all(Array.from({ length: 50 }, () => launch(request)))
    expect(new Set(answers.map(({ migrationId }) => migrationId)).size).toBe(1)
    expect(answers[0]).toMatchObject({ state: 'acked', startedBy: 'Ada', problem: null })
    expect(await posts()).toHaveLength(1)
    expect(await launch(request)).toEqual(answers[0])
    expect(await created()).toBe(1)
  })

  test('the same key on two servers at once sends one POST', again, async () => {
    const request = await bench.request()
    const second = await bench.startServer().contextFor({ name: 'Ada' })
    const answers = await Promise.all([launch(request), launch(request, second)])
    expect(new Set(answers.map(({ launchId }) => launchId)).size).toBe(1)
    expect(await posts()).toHaveLength(1)
  })

  test('of twenty people who press at once one wins, the others are told who', again, async () => {
    const requests = await Promise.all(Array.from({ length: 20 }, () => bench.request()))
    const results = await Promise.allSettled(requests.map(async (request, index) => launch(request, await bench.contextFor({ name: `P${index}` }))))
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(won).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'migration_in_progress', status: 409, facts: { startedBy: won[0]?.startedBy } })
    expect(await posts()).toHaveLength(1)
  })

  test('a key that comes back with another selection or other options is refused, and names the launch that it belongs to', async () => {
    const request = await bench.request(2)
    const { launchId, migrationId } = await launch(request)
    const others = [await bench.request(3), { ...request, comment: 'wave 2' }, { ...request, options: { ...request.options, batchSizePercentage: 51 } }]
    for (const other of others)
      await expect(launch({ ...other, launchKey: request.launchKey })).rejects.toMatchObject({ code: 'launch_key_used', status: 409, facts: { launchId, migrationId } })
    const sameInOtherWords = { ...request, nodeNames: request.nodeNames?.toReversed(), acknowledged: [], isRecordingKept: false }
    expect(await launch(sameInOtherWords)).toMatchObject({ launchId, migrationId })
    expect(await posts()).toHaveLength(1)
  })

  test('two plans that are sent with one key at the same moment are not one launch', async () => {
    const request = await bench.request(2)
    const other = { ...(await bench.request(3)), launchKey: request.launchKey }
    const results = await Promise.allSettled([launch(request), launch(other)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: expect.stringMatching(/^(launch_key_used|migration_in_progress)$/) } })
    expect(await posts()).toHaveLength(1)
  })

  test('a plan becomes one migration: from another tab, with another key, after its run is over too', async () => {
    await bench.admin.time({ speed: 5_000 })
    const draft = await createDraft({ ctx, input: { clusterId, body: { nodeNames: await bench.nodeNames(2) } } })
    const draftOf = async () => (await getDraft({ ctx, input: { clusterId, draftId: draft.draftId } })).launch
    expect(await draftOf()).toBeNull()
    const first = await launch({ ...(await bench.request(2)), draftId: draft.draftId })
    expect(await draftOf()).toEqual(first)
    expect((await listDrafts({ ctx, input: { clusterId } })).drafts).toEqual([])
    await expect.poll(async () => (await ctx.spot.getMigration(clusterId, first.migrationId as string, { fresh: true })).data.status, { timeout: 20_000 }).not.toBe('IN_PROGRESS')
    const second = { ...(await bench.request(2)), draftId: draft.draftId }
    await expect(launch(second)).rejects.toMatchObject({ code: 'plan_launched', status: 409, facts: { migrationId: first.migrationId, startedBy: 'Ada' } })
    expect(await posts()).toHaveLength(1)
    expect(await launch({ ...second, draftId: (await createDraft({ ctx, input: { clusterId, body: { nodeNames: second.nodeNames ?? [] } } })).draftId })).toMatchObject({ state: 'acked' })
  })

  test('a plan whose launch came to nothing is unfinished, and can be launched', async () => {
    const { draftId } = await createDraft({ ctx, input: { clusterId, body: { nodeNames: await bench.nodeNames(2) } } })
    const readonly = await bench.contextFor({ name: 'Rob', token: 'readonly-token' })
    expect(await launch({ ...(await bench.request(2)), draftId }, readonly)).toMatchObject({ state: 'rejected' })
    expect((await listDrafts({ ctx, input: { clusterId } })).drafts).toMatchObject([{ draftId }])
    expect(await launch({ ...(await bench.request(2)), draftId })).toMatchObject({ state: 'acked' })
  })

  test('every option is sent and the comment carries the mark', async () => {
    const answer = await launch(await bench.request(2))
    const { data } = await ctx.spot.getMigration(clusterId, answer.migrationId as string)
    expect(data).toMatchObject({ respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true, batchMinHealthyPercentage: 50 })
    expect(readMark(data.comment)).toBe(answer.mark)
  })

  test('a run that is over makes room for the next launch', async () => {
    await bench.admin.time({ speed: 5_000 })
    const first = await launch(await bench.request(2))
    await expect.poll(async () => (await ctx.spot.getMigration(clusterId, first.migrationId as string, { fresh: true })).data.status, { timeout: 20_000 }).not.toBe('IN_PROGRESS')
    await bench.live.shutdown()
    expect(await launch(await bench.request(2))).toMatchObject({ state: 'acked' })
  })

  test.each(['here', 'elsewhere'])('a run that was started %s and is being recorded stays in the way while Spot does not know it', async (where) => {
    await bench.admin.time({ speed: 20 })
    const request = await bench.request(2)
    const begin = async () => (where === 'here' ? (await launch(request)).migrationId : (await ctx.spot.createMigration(clusterId, { ...request.options, nodeNames: request.nodeNames ?? [], comment: 'by hand' })).data.id) as string
    const next = await bench.request(3)
    const migrationId = await begin()
    await getRun({ ctx, input: { clusterId, migrationId } })
    const page = readStream(await openStream({ ctx, input: { clusterId, migrationId, resumeAfter: null } }))
    await forget(migrationId)
    await expect(launch(next)).rejects.toMatchObject({ code: 'migration_in_progress', facts: { migrationId } })
    expect(await posts()).toHaveLength(1)
    await page.cancel()
  })

  test('a launch stays in the way while Spot does not know its run and the record of that is open', async () => {
    await bench.admin.time({ speed: 20 })
    const next = await bench.request(3)
    const { migrationId } = await launch(await bench.request(2, { isRecordingKept: false }))
    await expect.poll(() => bench.live.counts().watchers, { timeout: 15_000 }).toBe(0)
    await forget(migrationId as string)
    await expect(launch(next)).rejects.toMatchObject({ code: 'migration_in_progress', facts: { migrationId } })
    expect((await database.sql`select ended_at from launches`).map(({ ended_at }) => ended_at as unknown)).toEqual([null])
  })
})

describe('a lost answer', () => {
  beforeEach(() => open(hangMs))

  test.each([
    ['never arrives', { kind: 'hang-after' }],
    ['is reset', { kind: 'reset-after' }],
    ['is cut', { kind: 'cut', afterBytes: 20 }],
    ['is no JSON', { kind: 'garbage', body: 'html' }],
  ] as const)('that %s leaves one migration, found by its mark', async (_, effect) => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect })
    const answer = await launch(await bench.request())
    expect(answer).toMatchObject({ state: 'unknown', migrationId: null, problem: { code: 'launch_unknown' } })
    await settled(answer).toBe('acked')
    expect(await posts()).toHaveLength(1)
    expect(await created()).toBe(1)
    const [row] = await database.sql`select migration_id, source from runs`
    expect(row).toMatchObject({ source: 'slipway', migration_id: (await getLaunch({ ctx, input: { clusterId, launchId: answer.launchId } })).migrationId })
  })

  test.each([
    ['a 503', { kind: 'status', status: 503 }],
    ['a connection that is reset before it is read', { kind: 'reset-before' }],
    ['a request that hangs and is not carried out', { kind: 'hang-before' }],
  ] as const)('%s is looked up, not repeated, and the next start is a decision', async (_, effect) => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect })
    const request = await bench.request()
    const answer = await launch(request)
    expect(answer.state).toBe('unknown')
    const openTo = async (name: string) => (await getCluster({ ctx: await bench.contextFor({ name, token: 'second-token' }), input: { clusterId } })).cluster.openLaunch
    expect(await openTo('Bea'), 'everyone sees it').toMatchObject({ launchId: answer.launchId, state: 'unknown', startedBy: 'Ada' })
    await expect(launch(await bench.request())).rejects.toMatchObject({ code: 'launch_unknown', facts: { startedBy: 'Ada' } })
    await settledAsNotFound(answer)
    expect(await openTo('Bea')).toBeNull()
    expect(await posts()).toHaveLength(1)
    expect(await launch(request)).toMatchObject({ state: 'not_found', launchId: answer.launchId })
    expect(await posts()).toHaveLength(1)
    expect(await launch({ ...request, launchKey: crypto.randomUUID() })).toMatchObject({ state: 'acked' })
    expect(await created()).toBe(1)
  })

  test('is looked for at short intervals again once Spot answers after a long absence', async () => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'reset-before' } })
    const answer = await launch(await bench.request())
    await bench.admin.fault({ method: 'GET', pathEndsWith: '/migration', effect: { kind: 'status', status: 503 } })
    const reads = async (wanted: number) => (await bench.upstream('GET', '/migration')).filter(({ status }) => status === wanted)
    await expect.poll(async () => (await reads(503)).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(7)
    const before = (await reads(200)).length
    await bench.admin.clearFaults()
    await passTwoMinutes()
    await expect.poll(async () => (await reads(200)).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(before + 3)
    expect(await database.sql`select state from launches`, 'Spot may have come back with empty lists').toEqual([{ state: 'unknown' }])
    timers.pace(400)
    await settled(answer).toBe('not_found')
    const looks = (await reads(200)).slice(before, before + 3).map(({ atMs }) => atMs)
    const refused = (await reads(503)).map(({ atMs }) => atMs)
    const took = (times: number[]) => Math.max(...times) - Math.min(...times)
    expect(looks).toHaveLength(3)
    expect(took(looks), 'three looks take less than the last pause did').toBeLessThan(took(refused.slice(-2)))
  })

  test('is looked for with the token of the next who asks when the starter’s no longer works, which is neither tried again nor kept', async () => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'hang-before' } })
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    const theirs = await bench.request(2, {}, bea)
    const pending = launch(await bench.request(2))
    await expect.poll(posts).toHaveLength(1)
    await bench.admin.token({ token: 'demo-token', isRevoked: true })
    expect(await pending).toMatchObject({ state: 'unknown' })
    await expect.poll(async () => (await database.sql`select sealed_token from launches`)[0]?.sealed_token, { timeout: 5_000 }).toBeNull()
    const lists = async () => (await bench.upstream('GET', '/migration')).length
    const before = await lists()
    for (let round = 0; round < 3; round += 1) await bench.live.resume()
    expect(await lists(), 'nothing is asked with a token that was refused').toBe(before)
    expect((await database.sql`select state from launches`)[0]?.state).toBe('unknown')

    await expect(launch(theirs, bea)).rejects.toMatchObject({ code: 'launch_unknown', facts: { startedBy: 'Ada' } })
    await passTwoMinutes()
    await expect.poll(async () => (await database.sql`select state from launches`)[0]?.state, { timeout: 15_000 }).toBe('not_found')
    expect(await launch({ ...theirs, launchKey: crypto.randomUUID() }, bea)).toMatchObject({ state: 'acked' })
  })

  test('found with the token of another who only asks: a copy of theirs is not kept', async () => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'hang-after' } })
    const pending = launch(await bench.request(2))
    await expect.poll(posts).toHaveLength(1)
    await bench.admin.token({ token: 'demo-token', isRevoked: true })
    const { state, launchId } = await pending
    expect(state).toBe('unknown')
    await expect.poll(async () => (await database.sql`select sealed_token from launches`)[0]?.sealed_token, { timeout: 5_000 }).toBeNull()
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    await getLaunch({ ctx: bea, input: { clusterId, launchId } })
    await expect.poll(async () => (await database.sql`select state from launches`)[0]?.state, { timeout: 15_000 }).toBe('acked')
    expect(await database.sql`select started_by, is_kept, sealed_token from runs`).toEqual([{ started_by: 'Ada', is_kept: false, sealed_token: null }])
  })

  test('and a run that is in the list before anybody has looked: whoever else launches is told whose it is', async () => {
    // The other's launch reads the cluster while the first one hangs.
    await bench.close()
    await open(3 * hangMs)
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'hang-after' } })
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    const theirs = await bench.request(2, {}, bea)
    const pending = launch(await bench.request(2))
    await expect.poll(created).toBe(1)
    await expect(launch(theirs, bea)).rejects.toMatchObject({ code: 'migration_in_progress', facts: { startedBy: 'Ada' } })
    expect(await pending).toMatchObject({ state: 'acked' })
    expect(await database.sql`select source, started_by from runs`).toEqual([{ source: 'slipway', started_by: 'Ada' }])
  })

  test('that was given up as not found: a run that turns up after all is recorded as that launch, and nobody’s token is kept for it', async () => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'hang-before' } })
    const request = await bench.request(2)
    const answer = await launch(request)
    await settledAsNotFound(answer)
    await bench.admin.clearFaults()
    const { data } = await ctx.spot.createMigration(clusterId, bodyOf({ payload: request, mark: answer.mark }))
    const bea = await bench.contextFor({ name: 'Bea', token: 'second-token' })
    const { runs } = await listRuns({ ctx: bea, input: { clusterId, isRefresh: true } })
    expect(runs.find(({ migrationId }) => migrationId === data.id)).toMatchObject({ source: 'slipway', startedBy: 'Ada', comment: 'web tier, wave 1' })
    expect(await getLaunch({ ctx, input: { clusterId, launchId: answer.launchId } })).toMatchObject({ state: 'acked', migrationId: data.id, problem: null })
    expect((await database.sql`select sealed_token, is_kept from runs`)[0]).toEqual({ sealed_token: null, is_kept: false })
  })

  test('a server that ends between the POST and the record leaves a launch that the next one finds', async () => {
    await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'hang-after' } })
    const pending = launch(await bench.request()).catch(() => null)
    await expect.poll(created).toBe(1)
    await bench.crash()
    await pending
    await database.sql`update launches set state = 'sent', problem = null, settled_at = null`
    const next = bench.startServer()
    await next.live.resume()
    await expect.poll(async () => (await database.sql`select state from launches`)[0]?.state, { timeout: 20_000 }).toBe('acked')
    expect(await database.sql`select id from runs`).toHaveLength(1)
    await expect.poll(() => next.live.counts().watchers).toBe(1)
    expect(await posts()).toHaveLength(1)
  })
})

test('a cluster whose migrations could not be listed is not called free of them', async () => {
  await open()
  await bench.admin.fault({ method: 'GET', pathEndsWith: '/migration', effect: { kind: 'status', status: 500 } })
  const clusterNow = async () => (await getCluster({ ctx, input: { clusterId } })).cluster
  expect(await clusterNow()).toMatchObject({ runningMigration: null, isRunRead: false })
  await bench.admin.clearFaults()
  expect(await clusterNow()).toMatchObject({ runningMigration: null, isRunRead: true })
})

describe('a launch is refused before anything is sent', () => {
  beforeEach(() => open())

  test('when a selected node is gone, naming it', async () => {
    const request = await bench.request(3)
    await bench.admin.twin({ kind: 'vanish-node', clusterId, nodeName: request.nodeNames?.[1] as string })
    await expect(launch(request)).rejects.toMatchObject({ code: 'selection_changed', facts: { nodeNames: [request.nodeNames?.[1]] } })
    await expect(launch({ ...request, nodeNames: undefined, nodePoolNames: ['no-such-pool'] })).rejects.toMatchObject({ code: 'selection_changed', facts: { nodePoolNames: ['no-such-pool'] } })
    expect(await posts()).toHaveLength(0)
  })

  test('when a node is held by somebody while the launch still reads', async () => {
    const request = await bench.request(2)
    const [name = ''] = request.nodeNames ?? []
    const bob = await bench.contextFor({ name: 'Bob' })
    const hold = () => holdNodes({ ctx: bob, input: { clusterId, request: { kind: 'node', names: [name], reason: 'disk check', endsAtMs: null } } })
    // The list of migrations is read after the holds were.
    const listMigrations: typeof ctx.spot.listMigrations = async (...input) => {
      await hold()
      return ctx.spot.listMigrations(...input)
    }
    await expect(launch(request, { ...ctx, spot: { ...ctx.spot, listMigrations } })).rejects.toMatchObject({ code: 'selection_held', facts: { nodeNames: [name] } })
    expect(await posts()).toHaveLength(0)
    await database.sql`delete from holds`
  })

  test('when a run is on that was started elsewhere', async () => {
    const { spot } = ctx
    const { nodeNames, options } = await bench.request(2)
    const { data } = await spot.createMigration(clusterId, { ...options, nodeNames: nodeNames ?? [], comment: 'by hand' })
    await expect(launch(await bench.request())).rejects.toMatchObject({ code: 'migration_in_progress', facts: { migrationId: data.id } })
    expect(await posts()).toHaveLength(1)
  })

  test('when the database is away', async () => {
    const request = await bench.request()
    await database.sql`alter table launches rename to launches_away`
    try {
      await expect(launch(request)).rejects.toThrow()
      expect(await posts()).toHaveLength(0)
    } finally {
      await database.sql`alter table launches_away rename to launches`
    }
  })

  test('by Spot, and says so as an outcome', async () => {
    const readonly = await bench.contextFor({ name: 'Rob', token: 'readonly-token' })
    expect(await launch(await bench.request(), readonly)).toMatchObject({ state: 'rejected', migrationId: null, problem: { code: 'token_not_permitted' } })
    expect(await launch(await bench.request())).toMatchObject({ state: 'acked' })
  })
})

test('the token is sealed in the database and leaves it with the outcome', async () => {
  await open(hangMs)
  await bench.admin.fault({ method: 'POST', pathEndsWith: '/migration', times: 1, effect: { kind: 'hang-after' } })
  const pending = launch(await bench.request())
  await expect.poll(created).toBe(1)
  // It is not found before it has been looked at.
  await bench.admin.fault({ method: 'GET', pathEndsWith: '/migration', effect: { kind: 'status', status: 503 } })
  const answer = await pending
  const [waiting] = await database.sql`select sealed_token from launches`
  expect(waiting?.sealed_token).toMatch(/^v1\./)
  await bench.admin.clearFaults()
  await settled(answer).toBe('acked')
  const [launched] = await database.sql`select sealed_token from launches`
  const [run] = await database.sql`select sealed_token from runs`
  expect(launched?.sealed_token).toBeNull()
  expect(run?.sealed_token).toMatch(/^v1\./)
  expect(JSON.stringify(await database.sql`select * from runs, launches`)).not.toContain('demo-token')
})
