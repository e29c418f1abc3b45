import { expect, test } from 'vitest'
import {
  endLaunchOfRun,
  findLaunch,
  findLaunchByKey,
  findLiveLaunch,
  insertIntent,
  listUnsettled,
  markSent,
  settleLaunch,
  type LaunchRow,
  type NewLaunch,
} from '@/lib/db/queries/launches'
import { aLaunch, after, anAccount, noon } from '@/tests/factories/rows'
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
    await markSent(db, row.id, after(1))
    await expect(markSent(db, row.id, after(2))).rejects.toMatchObject({ code: 'launch_unknown' })
    const given = await begin(aLaunch())
    await settleLaunch(db, given.id, { state: 'not_found', now: after(1) })
    await expect(markSent(db, given.id, after(2))).rejects.toMatchObject({ code: 'launch_unknown' })
    expect([(await read(row))?.sentAt, (await read(given))?.state]).toEqual([after(1), 'not_found'])
  })

  test('the first outcome stays: a late one changes nothing', async () => {
    const { db } = database()
    const row = await begin(aLaunch())
    const settled = await settleLaunch(db, row.id, { state: 'acked', migrationId: 'scr-1', now: after(1) })
    expect(settled).toMatchObject({ state: 'acked', migrationId: 'scr-1', settledAt: after(1), endedAt: null })
    for (const state of ['not_found', 'unknown', 'rejected', 'acked'] as const) expect(await settleLaunch(db, row.id, { state, now: after(2) })).toBeNull()
    expect(await read(row)).toMatchObject({ state: 'acked', migrationId: 'scr-1', settledAt: after(1), endedAt: null })
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
    await markSent(db, sent.id, after(1))
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
    expect(row).toMatchObject({ ...input, state: 'pending', createdAt: noon })
    expect(await findLaunchByKey(db, row.accountId, row.launchKey)).toEqual(row)
    expect(await findLaunchByKey(db, anAccount(), row.launchKey)).toBeNull()
    expect(await findLaunch(db, { ...row, accountId: anAccount() })).toBeNull()
    expect(await findLaunch(db, { ...row, clusterId: 'o-demo0002' })).toBeNull()
  })
})
