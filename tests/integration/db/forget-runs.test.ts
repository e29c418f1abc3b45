import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { clusterShares } from '@/lib/db/schema/cluster-shares'
import { launches } from '@/lib/db/schema/launches'
import { rollbackKits } from '@/lib/db/schema/rollback-kits'
import { runs } from '@/lib/db/schema/runs'
import { acquireLease, appendChanges, ensureRun, findRunById, readChanges } from '@/lib/db/queries/runs'
import { deleteOldRuns, deleteOldShares, deleteRun, removeOldLaunchTokens, removeSpentTokens } from '@/lib/db/queries/forget-runs'
import { findDraft, insertDraft } from '@/lib/db/queries/drafts'
import { insertIntent } from '@/lib/db/queries/launches'
import { aDraft, aLaunch, aRun, after, anAccount, noon, someChanges } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

const dayMs = 24 * 3_600_000

onBothDatabases((database) => {
  /** A recorded run of a launch, with changes; over at `endedAt`, or still on. */
  const aRecord = async (endedAt: Date | null) => {
    const { db } = database()
    const draft = aDraft()
    const launch = aLaunch({ accountId: draft.accountId, draftId: draft.id })
    await insertDraft(db, draft)
    await insertIntent(db, launch)
    await db.insert(rollbackKits).values({ launchId: launch.id, accountId: launch.accountId, clusterId: launch.clusterId, kit: {} as (typeof rollbackKits.$inferInsert)['kit'], createdAt: noon })
    const run = await ensureRun(db, aRun({ accountId: launch.accountId, launchId: launch.id, source: 'slipway' }))
    const epoch = (await acquireLease(db, { runId: run.id, holder: 'a', ttlMs: 15_000 })) as number
    await appendChanges(db, { runId: run.id, epoch, afterSeq: 0, changes: someChanges(1, 5), patch: endedAt === null ? {} : { endedAt } })
    return { id: run.id, launchId: launch.id, row: () => findRunById(db, run.id), plan: () => findDraft(db, draft) }
  }

  test('a run goes with its changes, its plan, its kit and its token, and its launch keeps nothing but its key', async () => {
    const { db } = database()
    const { id, launchId, row, plan } = await aRecord(after(1))
    const other = await aRecord(after(1))
    expect(await deleteRun(db, id)).toBe(true)
    expect([await plan(), await other.plan()]).toMatchObject([null, {}])
    expect(await row()).toBeNull()
    expect(await readChanges(db, id)).toEqual([])
    expect(await db.select().from(rollbackKits).where(eq(rollbackKits.launchId, launchId))).toEqual([])
    const [launch] = await db.select().from(launches).where(eq(launches.id, launchId))
    expect(launch).toMatchObject({ displayName: '', sealedToken: null, launchKey: launch?.payload.launchKey })
    expect(JSON.stringify(launch)).not.toContain('node-a')
    expect(JSON.stringify(launch)).not.toContain('wave 1')
    expect(await deleteRun(db, id), 'a second time there is nothing').toBe(false)
  })

  test('a plan of another account stays, whatever a launch said that it came from', async () => {
    const { db } = database()
    const theirs = aDraft()
    await insertDraft(db, theirs)
    const launch = aLaunch({ draftId: theirs.id })
    await insertIntent(db, launch)
    const { id } = await ensureRun(db, aRun({ accountId: launch.accountId, launchId: launch.id, source: 'slipway' }))
    await db.update(runs).set({ endedAt: after(1) }).where(eq(runs.id, id))
    expect(await deleteRun(db, id)).toBe(true)
    expect(await findDraft(db, theirs)).not.toBeNull()
  })

  test('a run that is on is never deleted, by hand or by age', async () => {
    const { db } = database()
    const { id, row } = await aRecord(null)
    expect(await deleteRun(db, id)).toBe(false)
    await deleteOldRuns(db, { before: after(1_000 * dayMs), limit: 1_000 })
    expect(await row()).toMatchObject({ id })
    expect(await readChanges(db, id)).toHaveLength(5)
  })

  test('old runs go a few at a time, the oldest first, and only those', async () => {
    const { db } = database()
    await db.delete(runs)
    const records = [await aRecord(after(3 * dayMs)), await aRecord(after(1 * dayMs)), await aRecord(after(2 * dayMs))]
    const left = async () => Promise.all(records.map(async ({ row }) => (await row()) !== null))
    expect(await deleteOldRuns(db, { before: after(1 * dayMs), limit: 10 })).toBe(0)
    expect(await deleteOldRuns(db, { before: after(3 * dayMs), limit: 1 })).toBe(1)
    expect(await left()).toEqual([true, false, true])
    expect(await deleteOldRuns(db, { before: after(3 * dayMs), limit: 10 })).toBe(1)
    expect(await left()).toEqual([true, false, false])
  })

  test('many servers at it at once delete each run once', async () => {
    const { db } = database()
    await db.delete(runs)
    for (let index = 0; index < 12; index += 1) await aRecord(after(index))
    let deleted = 0
    for (let round = 0; round < 12 && deleted < 12; round += 1)
      for (const some of await Promise.all(Array.from({ length: 8 }, () => deleteOldRuns(db, { before: after(dayMs), limit: 3 })))) deleted += some
    expect(deleted).toBe(12)
    expect(await db.select().from(runs)).toEqual([])
  })

  test('copies of tokens go that serve no run any more, and no other', async () => {
    const { db } = database()
    await db.delete(runs)
    const over = await aRecord(after(1))
    const on = await aRecord(null)
    const forgotten = await aRecord(null)
    await db.update(runs).set({ lastPolledAt: after(2 * dayMs) }).where(eq(runs.id, on.id))
    expect(await removeSpentTokens(db, after(dayMs))).toBe(2)
    expect((await over.row())?.sealedToken).toBeNull()
    expect((await forgotten.row())?.sealedToken).toBeNull()
    expect((await on.row())?.sealedToken).not.toBeNull()
  })

  test('the copy of a token goes with a launch that was looked for in vain for a day', async () => {
    const { db } = database()
    const [old, young] = [aLaunch(), aLaunch()]
    for (const { id, createdAt, ...launch } of [{ ...old, createdAt: noon }, { ...young, createdAt: after(2 * dayMs) }]) {
      await insertIntent(db, { id, ...launch })
      await db.update(launches).set({ createdAt }).where(eq(launches.id, id))
    }
    expect(await removeOldLaunchTokens(db, after(dayMs))).toBeGreaterThan(0)
    const tokenOf = async ({ id }: typeof old) => (await db.select().from(launches).where(eq(launches.id, id)))[0]?.sealedToken
    expect([await tokenOf(old), await tokenOf(young)]).toEqual([null, young.sealedToken])
  })

  test('counts of managed nodes go by age too', async () => {
    const { db } = database()
    const point = { accountId: anAccount(), clusterId: 'o-1', managed: 1, unmanaged: 2, system: 3 }
    await db.insert(clusterShares).values([{ ...point, at: noon }, { ...point, at: after(dayMs) }])
    await deleteOldShares(db, after(dayMs))
    expect(await db.select().from(clusterShares).where(eq(clusterShares.accountId, point.accountId))).toMatchObject([{ at: after(dayMs) }])
  })
})
