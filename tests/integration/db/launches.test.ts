import { expect, test } from 'vitest'
import {
  endLaunchOfRun,
  findLaunch,
  findLaunchByKey,
  findLiveLaunch,
  insertIntent,
  isAbandoned,
  listUnsettled,
  markSent,
  settleLaunch,
  type LaunchRow,
  type NewLaunch,
} from '@/lib/db/queries/launches'
import { aLaunch, after, anAccount } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

onBothDatabases((database) => {
  const begin = async (input: NewLaunch): Promise<LaunchRow> => {
    const result = await insertIntent(database().db, input)
    expect(result.kind).toBe('inserted')
    return result.row
  }
  const read = (row: LaunchRow) => findLaunch(database().db, row)

  test('of twenty people who launch in one cluster at once exactly one wins, and the others are told who', async () => {
    const accountId = anAccount()
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => insertIntent(database().db, aLaunch({ accountId, displayName: `person ${index}` }))))
    const winners = results.filter(({ kind }) => kind === 'inserted')
    expect(winners).toHaveLength(1)
    expect(new Set(results.map(({ row }) => row.id))).toEqual(new Set([winners[0]?.row.id]))
    expect(results.filter(({ kind }) => kind === 'other-live')).toHaveLength(19)
  })

  test('a key sent twenty times at once gives one launch to all who sent it', async () => {
    const input = aLaunch()
    const results = await Promise.all(Array.from({ length: 20 }, () => insertIntent(database().db, { ...aLaunch(), ...input, id: aLaunch().id, mark: aLaunch().mark })))
    expect(results.filter(({ kind }) => kind === 'inserted')).toHaveLength(1)
    expect(results.filter(({ kind }) => kind === 'same-key')).toHaveLength(19)
    expect(new Set(results.map(({ row }) => row.id)).size).toBe(1)
  })

  test('a key answers with its first launch also when that one is over and another is live', async () => {
    const { db } = database()
    const first = await begin(aLaunch())
    await settleLaunch(db, first.id, { state: 'rejected', now: after(1) })
    await begin(aLaunch({ accountId: first.accountId }))
    expect(await insertIntent(db, aLaunch({ accountId: first.accountId, launchKey: first.launchKey }))).toMatchObject({ kind: 'same-key', row: { id: first.id, state: 'rejected' } })
  })

  test('other clusters and other accounts are not in the way, nor is the same key of another account', async () => {
    const first = await begin(aLaunch())
    await begin(aLaunch({ accountId: first.accountId, clusterId: 'o-demo0002' }))
    await begin(aLaunch({ launchKey: first.launchKey }))
  })

  test.each(['unknown', 'acked'] as const)('a launch that is %s keeps the cluster taken', async (state) => {
    const row = await begin(aLaunch())
    await settleLaunch(database().db, row.id, { state, now: after(1) })
    expect(await insertIntent(database().db, aLaunch({ accountId: row.accountId }))).toMatchObject({ kind: 'other-live', row: { id: row.id, state } })
  })

  test.each(['rejected', 'not_found'] as const)('a launch that is %s frees the cluster', async (state) => {
    const row = await begin(aLaunch())
    await settleLaunch(database().db, row.id, { state, now: after(1) })
    expect(await findLiveLaunch(database().db, row.accountId, row.clusterId)).toBeNull()
    await begin(aLaunch({ accountId: row.accountId }))
  })

  test('the end of its run frees the cluster, the end of another run does not', async () => {
    const { db } = database()
    const row = await begin(aLaunch())
    await settleLaunch(db, row.id, { state: 'acked', migrationId: 'scr-1', now: after(1) })
    await endLaunchOfRun(db, { ...row, migrationId: 'scr-2', now: after(2) })
    await endLaunchOfRun(db, { ...row, accountId: anAccount(), migrationId: 'scr-1', now: after(2) })
    expect((await read(row))?.endedAt).toBeNull()
    await endLaunchOfRun(db, { ...row, migrationId: 'scr-1', now: after(3) })
    await endLaunchOfRun(db, { ...row, migrationId: 'scr-1', now: after(4) })
    expect((await read(row))?.endedAt).toEqual(after(3))
  })

  test('a taken mark is an error, not an endless search', async () => {
    const row = await begin(aLaunch())
    await expect(insertIntent(database().db, aLaunch({ mark: row.mark }))).rejects.toThrow()
  })

  // A process frozen between intent and call must not send after another has given the launch up.
  test('a launch is marked as sent once, and never after it was settled', async () => {
    const { db } = database()
    const row = await begin(aLaunch())
    const { sentAt } = await markSent(db, row.id)
    await expect(markSent(db, row.id)).rejects.toMatchObject({ code: 'launch_unknown' })
    const given = await begin(aLaunch())
    await settleLaunch(db, given.id, { state: 'not_found', now: after(1) })
    await expect(markSent(db, given.id)).rejects.toMatchObject({ code: 'launch_unknown' })
    expect([(await read(row))?.sentAt, (await read(given))?.state]).toEqual([sentAt, 'not_found'])
  })

  test('the first outcome stays: a late one changes nothing', async () => {
    const { db } = database()
    const row = await begin(aLaunch())
    const settled = await settleLaunch(db, row.id, { state: 'acked', migrationId: 'scr-1', now: after(1) })
    expect(settled).toMatchObject({ state: 'acked', migrationId: 'scr-1', settledAt: after(1), endedAt: null })
    for (const state of ['not_found', 'unknown', 'rejected', 'acked'] as const) expect(await settleLaunch(db, row.id, { state, now: after(2) })).toBeNull()
    expect(await read(row)).toMatchObject({ state: 'acked', migrationId: 'scr-1', settledAt: after(1), endedAt: null })
  })

  test('how old a launch is goes by the clock of the database, whatever time it bears on the server', async () => {
    const { db, sql } = database()
    const [sent, unknown] = [await begin(aLaunch()), await begin(aLaunch())]
    await markSent(db, sent.id)
    await settleLaunch(db, unknown.id, { state: 'unknown', now: after(1) })
    const openFor = async (ms: number) => (await listUnsettled(db, ms)).map(({ id }) => id)
    const notFound = () => settleLaunch(db, sent.id, { state: 'not_found', now: after(10 * 3_600_000), leastAgeMs: 120_000 })
    expect([await isAbandoned(db, sent.id, 45_000), await isAbandoned(db, unknown.id, 45_000)], 'nobody waits for an answer that was lost').toEqual([false, true])
    expect(await openFor(45_000)).not.toContain(sent.id)
    expect(await notFound()).toBeNull()
    await sql`update launches set sent_at = sent_at - interval '2 minutes' where id = ${sent.id}`
    expect(await isAbandoned(db, sent.id, 45_000)).toBe(true)
    expect(await openFor(45_000)).toContain(sent.id)
    expect(await notFound()).toMatchObject({ state: 'not_found' })
    expect(await isAbandoned(db, sent.id, 45_000)).toBe(false)
  })

  test('a run that turns up later corrects "not found", without taking the cluster again', async () => {
    const { db } = database()
    const row = await begin(aLaunch())
    await settleLaunch(db, row.id, { state: 'not_found', now: after(1) })
    await begin(aLaunch({ accountId: row.accountId }))
    expect(await settleLaunch(db, row.id, { state: 'acked', migrationId: 'scr-1', now: after(2) })).toMatchObject({ state: 'acked', endedAt: after(1) })
  })

  test('the token is kept while the outcome is open and gone with it', async () => {
    const { db } = database()
    const row = await begin(aLaunch())
    expect(await settleLaunch(db, row.id, { state: 'unknown', now: after(1) })).toMatchObject({ sealedToken: 'v1.key.sealed' })
    expect(await settleLaunch(db, row.id, { state: 'acked', migrationId: 'scr-1', now: after(2) })).toMatchObject({ sealedToken: null })
  })

  test('launches with an open outcome are listed, settled ones are not', async () => {
    const { db } = database()
    const [pending, sent, unknown, acked] = [await begin(aLaunch()), await begin(aLaunch()), await begin(aLaunch()), await begin(aLaunch())]
    await markSent(db, sent.id)
    await settleLaunch(db, unknown.id, { state: 'unknown', now: after(1) })
    await settleLaunch(db, acked.id, { state: 'acked', migrationId: 'scr-1', now: after(1) })
    const ids = (await listUnsettled(db)).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([pending.id, sent.id, unknown.id]))
    expect(ids).not.toContain(acked.id)
  })

  test('an account finds its own launches only, and every column comes back as it was written', async () => {
    const { db } = database()
    const input = aLaunch({ displayName: 'Ada <b>😀' })
    const row = await begin(input)
    expect(row).toMatchObject({ ...input, state: 'pending' })
    expect(await findLaunchByKey(db, row.accountId, row.launchKey)).toEqual(row)
    expect(await findLaunchByKey(db, anAccount(), row.launchKey)).toBeNull()
    expect(await findLaunch(db, { ...row, accountId: anAccount() })).toBeNull()
    expect(await findLaunch(db, { ...row, clusterId: 'o-demo0002' })).toBeNull()
  })
})
