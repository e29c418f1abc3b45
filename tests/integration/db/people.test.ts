import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { findDraft, insertDraft, updateDraft } from '@/lib/db/queries/drafts'
import { deleteExpiredSessions, deleteSession, findLiveSession, insertSession, touchSession } from '@/lib/db/queries/sessions'
import { countAttempts, deleteAttempt, deleteOldAttempts, recordAttempt } from '@/lib/db/queries/sign-in-attempts'
import { aDraft, after, anAccount, aSession, noon } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

const idleMs = 60 * 60_000
const maxMs = 12 * 60 * 60_000

const byBob = { changedBy: 'Bob', changedIn: 'page-b', knownAt: noon, now: after(1) }

onBothDatabases((database) => {
  const signedIn = async () => {
    const row = aSession()
    await insertSession(database().db, row)
    return row
  }
  const liveAt = (id: string, ms: number) => findLiveSession(database().db, { id, now: after(ms), idleMs })

  test('a session is found as it was written, and its id must be known exactly', async () => {
    const row = await signedIn()
    expect(await liveAt(row.id, 1)).toEqual(row)
    expect(await liveAt(row.id.slice(0, -1), 1)).toBeNull()
    expect(await liveAt('%', 1)).toBeNull()
  })

  test('a session ends when it was idle for too long, whatever its age', async () => {
    const row = await signedIn()
    expect(await liveAt(row.id, idleMs - 1)).not.toBeNull()
    expect(await liveAt(row.id, idleMs)).toBeNull()
  })

  test('a session ends at its absolute age, however busy it was', async () => {
    const row = await signedIn()
    await touchSession(database().db, row, after(maxMs - 1))
    expect(await liveAt(row.id, maxMs - 1)).not.toBeNull()
    expect(await liveAt(row.id, maxMs)).toBeNull()
  })

  test('use is noted at most once a minute', async () => {
    const row = await signedIn()
    await touchSession(database().db, row, after(59_999))
    expect((await liveAt(row.id, 60_000))?.lastSeenAt).toEqual(noon)
    await touchSession(database().db, row, after(60_000))
    expect((await liveAt(row.id, 60_001))?.lastSeenAt).toEqual(after(60_000))
  })

  test('a session that was ended is gone at once, others stay', async () => {
    const [row, other] = [await signedIn(), await signedIn()]
    await deleteSession(database().db, row.id)
    expect(await liveAt(row.id, 1)).toBeNull()
    expect(await liveAt(other.id, 1)).not.toBeNull()
  })

  test('only rows that nobody can open any more are removed', async () => {
    const { db } = database()
    const [idle, old, live] = [aSession({ lastSeenAt: after(-idleMs - 1) }), aSession({ expiresAt: after(-1) }), aSession()]
    for (const row of [idle, old, live]) await insertSession(db, row)
    await deleteExpiredSessions(db, { now: noon, idleMs })
    const left = await database().sql<{ id: string }[]>`select id from sessions where id in ${database().sql([idle.id, old.id, live.id])}`
    expect(left.map(({ id }) => id)).toEqual([live.id])
  })

  test('attempts count by address or by token, within the window, before the one that asks', async () => {
    const { db } = database()
    const [addressHash, tokenHash] = [randomUUID(), randomUUID()]
    const early = await recordAttempt(db, { addressHash, tokenHash: randomUUID(), now: after(-10) })
    await recordAttempt(db, { addressHash, tokenHash: randomUUID(), now: after(1) })
    const second = await recordAttempt(db, { addressHash: randomUUID(), tokenHash, now: after(2) })
    await recordAttempt(db, { addressHash: randomUUID(), tokenHash: randomUUID(), now: after(3) })
    const mine = await recordAttempt(db, { addressHash, tokenHash, now: after(4) })
    const count = () => countAttempts(db, { addressHash, tokenHash, since: noon, beforeId: mine })
    expect(await count()).toEqual({ count: 2, oldest: after(1) })
    await deleteAttempt(db, second)
    expect(await count()).toEqual({ count: 1, oldest: after(1) })
    await deleteOldAttempts(db, noon)
    expect(await countAttempts(db, { addressHash, tokenHash, since: after(-1000), beforeId: mine })).toEqual({ count: 1, oldest: after(1) })
    expect(early).toBeLessThan(mine)
  })

  test('text that PostgreSQL refuses does not keep a draft from being stored', async () => {
    const { db } = database()
    const row = aDraft({ createdBy: `A${String.fromCharCode(0)}da` })
    await insertDraft(db, { ...row, body: { ...row.body, nodeNames: [`node${String.fromCharCode(0)}`, 'half \uD800'] } })
    expect(await findDraft(db, row)).toMatchObject({ createdBy: 'A\uFFFDda', body: { nodeNames: ['node\uFFFD', 'half \uFFFD'] } })
  })

  test('a draft is kept and changed for its account and cluster only', async () => {
    const { db } = database()
    const row = aDraft()
    await insertDraft(db, row)
    expect(await findDraft(db, row)).toEqual(row)
    const body = { ...row.body, nodeNames: Array.from({ length: 10_000 }, (_, index) => `aks-pool-vmss${index}`) }
    for (const elsewhere of [{ ...row, accountId: anAccount() }, { ...row, clusterId: 'o-demo0002' }]) {
      expect(await findDraft(db, elsewhere)).toBeNull()
      expect(await updateDraft(db, elsewhere, { ...byBob, body })).toBeNull()
    }
    expect(await updateDraft(db, row, { ...byBob, body })).toEqual({ ...row, body, changedBy: 'Bob', changedIn: 'page-b', updatedAt: after(1) })
  })

  test('a draft is replaced by the page that has seen its last change or made it, and each change has a later time', async () => {
    const { db } = database()
    const row = aDraft()
    await insertDraft(db, row)
    const { body } = row
    const byAda = { body, changedBy: 'Ada', changedIn: 'page-a', knownAt: noon, now: after(1) }
    expect(await updateDraft(db, row, { ...byBob, body })).toMatchObject({ changedBy: 'Bob', updatedAt: after(1) })
    expect(await updateDraft(db, row, byAda), 'who has not seen the change of Bob').toBeNull()
    expect(await updateDraft(db, row, { ...byBob, body }), 'whose answer was lost').toMatchObject({ updatedAt: after(2) })
    expect(await updateDraft(db, row, { ...byAda, knownAt: after(2) })).toMatchObject({ changedBy: 'Ada', updatedAt: after(3) })
    expect(await updateDraft(db, row, { ...byBob, body }), 'Bob, before whom Ada was').toBeNull()
  })
})
