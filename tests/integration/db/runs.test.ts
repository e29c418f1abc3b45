import { expect, test } from 'vitest'
import { appendChanges, acquireLease, ensureRun, findRun, findRunById, listOpenRuns, listRuns, listUnwatchedRuns, readChanges, releaseLease, removeRunToken, renewLease, setRunKept } from '@/lib/db/queries/runs'
import { aRun, after, anAccount, noon, someChanges } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

const ttlMs = 15_000

onBothDatabases((database) => {
  const seen = () => ensureRun(database().db, aRun())
  const take = (runId: number, holder: string) => acquireLease(database().db, { runId, holder, ttlMs })
  /** As if so much time had passed since the lease was taken. */
  const pass = (runId: number, ms: number) => database().sql`update runs set lease_until = lease_until - ${ms} * interval '1 millisecond' where id = ${runId}`
  const append = (runId: number, epoch: number, from: number, to: number, now = noon) =>
    appendChanges(database().db, { runId, epoch, afterSeq: from - 1, changes: someChanges(from, to), patch: { lastPolledAt: now } })
  const taken = async () => {
    const run = await seen()
    return { run, epoch: (await take(run.id, 'a')) ?? -1 }
  }

  test('a run that is seen twenty times at once is one row', async () => {
    const input = aRun()
    const rows = await Promise.all(Array.from({ length: 20 }, () => ensureRun(database().db, input)))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
  })

  test('what a launch knows replaces what was only seen, and is not replaced by it', async () => {
    const { db } = database()
    const input = aRun()
    await ensureRun(db, input)
    const launched = await ensureRun(db, { ...input, source: 'slipway', startedBy: 'Ada', launchId: 'launch-1', comment: 'wave 1' })
    expect(launched).toMatchObject({ source: 'slipway', startedBy: 'Ada', launchId: 'launch-1', comment: 'wave 1', seq: 0 })
    expect(await ensureRun(db, input)).toEqual(launched)
  })

  test('a run that is over is given no token again', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await appendChanges(db, { runId: run.id, epoch, afterSeq: 0, changes: [], patch: { endedAt: after(1), sealedToken: null } })
    expect(await ensureRun(db, { ...aRun(run), source: 'slipway', sealedToken: 'v1.key.again' })).toMatchObject({ source: 'slipway', sealedToken: null })
  })

  test('of twenty processes that reach for a run at once exactly one holds it', async () => {
    const run = await seen()
    const epochs = await Promise.all(Array.from({ length: 20 }, (_, index) => take(run.id, `process ${index}`)))
    expect(epochs.filter((epoch) => epoch !== null)).toEqual([1])
  })

  test('a lease passes on when it has run out or was released, and its epoch grows each time', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await pass(run.id, ttlMs - 5_000)
    expect(await take(run.id, 'b')).toBeNull()
    await pass(run.id, 5_000)
    expect(await take(run.id, 'b')).toBe(epoch + 1)
    await releaseLease(db, { runId: run.id, epoch, lastPolledAt: null })
    expect(await take(run.id, 'c')).toBeNull()
    await releaseLease(db, { runId: run.id, epoch: epoch + 1, lastPolledAt: after(9) })
    expect(await take(run.id, 'c')).toBe(epoch + 2)
  })

  test('a renewed lease lasts longer; one that has passed on cannot be renewed', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await pass(run.id, 10_000)
    expect(await renewLease(db, { runId: run.id, epoch, ttlMs })).toMatchObject({ sealedToken: run.sealedToken, endedAt: null })
    await pass(run.id, 10_000)
    expect(await take(run.id, 'b')).toBeNull()
    await pass(run.id, 5_000)
    expect(await take(run.id, 'b')).toBe(epoch + 1)
    expect(await renewLease(db, { runId: run.id, epoch, ttlMs })).toBeNull()
  })

  // A process that was frozen longer than its lease wakes up and goes on writing.
  test('a holder whose lease has passed on writes nothing, neither changes nor columns', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    expect(await append(run.id, epoch, 1, 3)).toBe(true)
    await pass(run.id, ttlMs)
    const next = (await take(run.id, 'b')) ?? -1
    expect(await appendChanges(db, { runId: run.id, epoch, afterSeq: 3, changes: someChanges(4, 5), patch: { status: 'LATE' } })).toBe(false)
    expect(await append(run.id, next, 4, 4)).toBe(true)
    expect((await readChanges(db, run.id)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(await findRunById(db, run.id)).toMatchObject({ status: 'IN_PROGRESS', seq: 4 })
  })

  test('changes and columns are written together or not at all', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await append(run.id, epoch, 1, 2)
    await expect(appendChanges(db, { runId: run.id, epoch, afterSeq: 2, changes: someChanges(3, 4), patch: { status: null as never } })).rejects.toThrow()
    expect(await findRunById(db, run.id)).toMatchObject({ status: 'IN_PROGRESS', seq: 2 })
    expect(await readChanges(db, run.id)).toEqual(someChanges(1, 2))
  })

  test.each([[1, 3], [2, 4], [4, 5]])('changes that do not follow on what is stored are refused, with their columns (%i to %i)', async (from, to) => {
    const { db } = database()
    const { run, epoch } = await taken()
    await append(run.id, epoch, 1, 2)
    expect(await appendChanges(db, { runId: run.id, epoch, afterSeq: from - 1, changes: someChanges(from, to), patch: { status: 'SUCCESS' } })).toBe(false)
    expect(await findRunById(db, run.id)).toMatchObject({ status: 'IN_PROGRESS', seq: 2 })
    expect(await readChanges(db, run.id)).toEqual(someChanges(1, 2))
  })

  test('an end is not noted by who does not know what is stored', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await append(run.id, epoch, 1, 2)
    expect(await appendChanges(db, { runId: run.id, epoch, afterSeq: 1, changes: [], patch: { endedAt: after(1) } })).toBe(false)
    expect(await findRunById(db, run.id)).toMatchObject({ endedAt: null, seq: 2 })
  })

  test('changes come back as they were written, in order, from any point', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await append(run.id, epoch, 1, 5_000)
    await append(run.id, epoch, 5_001, 5_002)
    expect(await readChanges(db, run.id)).toEqual(someChanges(1, 5_002))
    expect(await readChanges(db, run.id, 4_999)).toEqual(someChanges(5_000, 5_002))
    expect(await readChanges(db, run.id, 5_002)).toEqual([])
  })

  test('text that PostgreSQL refuses does not stop the record', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    const nul = String.fromCharCode(0)
    const body = { loggedAtMs: null, severity: 'INFO', message: `a${nul}b\uD800 C:\\u0000 <img onerror> \u202E` }
    const isWritten = await appendChanges(db, { runId: run.id, epoch, afterSeq: 0, changes: [{ seq: 1, atMs: 1, kind: 'log', body }], patch: { comment: `x${nul}` } })
    expect(isWritten).toBe(true)
    expect((await readChanges(db, run.id))[0]?.body).toEqual({ ...body, message: 'a\uFFFDb\uFFFD C:\\u0000 <img onerror> \u202E' })
    expect((await findRunById(db, run.id))?.comment).toBe('x\uFFFD')
  })

  test('a reading without changes notes when it was, and keeps the number of the last change', async () => {
    const { db } = database()
    const { run, epoch } = await taken()
    await append(run.id, epoch, 1, 2)
    expect(await appendChanges(db, { runId: run.id, epoch, afterSeq: 2, changes: [], patch: { lastPolledAt: after(5_000) } })).toBe(true)
    expect(await findRunById(db, run.id)).toMatchObject({ seq: 2, lastPolledAt: after(5_000) })
  })

  test('lists hold the runs of the account and cluster, the newest first', async () => {
    const { db } = database()
    const accountId = anAccount()
    const older = await ensureRun(db, aRun({ accountId, startedAt: after(1) }))
    const newer = await ensureRun(db, aRun({ accountId, startedAt: after(2) }))
    await ensureRun(db, aRun({ accountId, clusterId: 'o-demo0002' }))
    await seen()
    expect((await listRuns(db, { accountId, clusterId: older.clusterId })).map(({ id }) => id)).toEqual([newer.id, older.id])
  })

  test('a run that is over is neither open nor unwatched; a live lease makes one watched', async () => {
    const { db } = database()
    const accountId = anAccount()
    const [over, watched, idle] = [await ensureRun(db, aRun({ accountId })), await ensureRun(db, aRun({ accountId })), await ensureRun(db, aRun({ accountId }))]
    const epoch = (await take(over.id, 'a')) ?? -1
    await appendChanges(db, { runId: over.id, epoch, afterSeq: 0, changes: [], patch: { endedAt: after(1) } })
    await take(watched.id, 'a')
    expect((await listOpenRuns(db, accountId)).map(({ id }) => id).sort()).toEqual([watched.id, idle.id].sort())
    const unwatched = async () => (await listUnwatchedRuns(db)).filter((row) => row.accountId === accountId).map(({ id }) => id)
    expect(await unwatched()).toEqual([idle.id])
    expect((await findRunById(db, watched.id))?.isHeld).toBe(true)
    await pass(watched.id, ttlMs)
    expect((await unwatched()).sort()).toEqual([watched.id, idle.id].sort())
    expect((await findRunById(db, watched.id))?.isHeld).toBe(false)
  })

  test('a launch that is told twice does not put back what its starter has taken back, and keeps what a viewer agreed to', async () => {
    const { db } = database()
    const launched = { ...aRun(), source: 'slipway' as const, launchId: 'launch-1' }
    const run = await ensureRun(db, launched)
    await setRunKept(db, run.id, { isKept: false, sealedToken: null })
    expect(await ensureRun(db, launched)).toMatchObject({ isKept: false, sealedToken: null })
    await setRunKept(db, run.id, { isKept: true, sealedToken: 'v1.key.viewer' })
    expect(await ensureRun(db, { ...launched, isKept: false, sealedToken: null })).toMatchObject({ isKept: true, sealedToken: 'v1.key.viewer' })
  })

  test('a run that was seen before its launch was answered takes what the starter decided', async () => {
    const { db } = database()
    const agreed = await ensureRun(db, aRun({ isKept: false, sealedToken: null }))
    expect(await ensureRun(db, { ...aRun(agreed), source: 'slipway', launchId: 'launch-2', isKept: true, sealedToken: 'v1.key.starter' })).toMatchObject({ isKept: true, sealedToken: 'v1.key.starter' })
    const refused = await ensureRun(db, aRun({ isKept: false, sealedToken: null }))
    expect(await ensureRun(db, { ...aRun(refused), source: 'slipway', launchId: 'launch-3', isKept: false, sealedToken: null })).toMatchObject({ isKept: false, sealedToken: null })
  })

  test('a copy that no longer works can be removed, but not one that came since, and a run of another account is not found', async () => {
    const { db } = database()
    const run = await seen()
    await removeRunToken(db, { id: run.id, sealedToken: 'v1.key.before' })
    expect(await findRun(db, run)).toMatchObject({ id: run.id, sealedToken: run.sealedToken })
    await removeRunToken(db, run)
    expect(await findRun(db, run)).toMatchObject({ id: run.id, sealedToken: null })
    expect(await findRun(db, { ...run, accountId: anAccount() })).toBeNull()
    expect(await findRun(db, { ...run, clusterId: 'o-demo0002' })).toBeNull()
  })
})
