import { expect, test } from 'vitest'
import { deleteEndedHolds, deleteHolds, listHolds, putHolds, type HoldRow } from '@/lib/db/queries/holds'
import { aHold, after, anAccount } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

onBothDatabases((database) => {
  const heldIn = async (place: { accountId: string; clusterId: string }, ms = 0) => listHolds(database().db, place, after(ms))

  const put = (rows: readonly HoldRow[], replaces: string[] = [], ms = 0) => putHolds(database().db, rows, { replaces, now: after(ms) })
  const released = (row: HoldRow, over: Partial<HoldRow> = {}, ms = 0) => deleteHolds(database().db, { ...row, ...over }, { ids: [row.id], now: after(ms) })

  test('a hold is found as it was written, in its account and its cluster only', async () => {
    const row = aHold({ reason: 'índice “neu” bauen', endsAt: after(60_000) })
    await put([row])
    expect(await heldIn(row)).toEqual([row])
    expect(await heldIn({ ...row, accountId: anAccount() })).toEqual([])
    expect(await heldIn({ ...row, clusterId: 'o-demo0002' })).toEqual([])
  })

  test('pools stand first, and what has one name as node and as pool is held twice', async () => {
    const accountId = anAccount()
    const rows = [aHold({ accountId, name: 'b' }), aHold({ accountId, name: 'a' }), aHold({ accountId, kind: 'pool', name: 'b' })]
    await put(rows)
    expect((await heldIn({ accountId, clusterId: 'o-demo0001' })).map(({ kind, name }) => `${kind} ${name}`)).toEqual(['pool b', 'node a', 'node b'])
  })

  test('a second hold on the same replaces the one that it names: reason, end and who holds, under an id of its own', async () => {
    const first = aHold({ endsAt: after(60_000) })
    const second = aHold({ accountId: first.accountId, reason: 'index rebuild', heldBy: 'Bob', createdAt: after(1) })
    await put([first])
    expect(await put([second])).toBe(0)
    expect(await heldIn(first), 'one that is not meant is left as it is').toEqual([first])
    expect(await put([second], [first.id])).toBe(1)
    expect(await heldIn(first)).toEqual([second])
    expect(await released(first)).toBe(0)
    expect(await heldIn(first)).toEqual([second])
  })

  test('a hold that has ended counts no more from that moment on, and can be removed for good', async () => {
    const [ended, open] = [aHold({ endsAt: after(1_000) }), aHold({ name: 'node-b' })]
    const place = { accountId: ended.accountId, clusterId: ended.clusterId }
    await put([ended, { ...open, ...place }])
    expect(await heldIn(place, 999)).toHaveLength(2)
    expect((await heldIn(place, 1_000)).map(({ name }) => name)).toEqual(['node-b'])
    expect(await released(ended, {}, 1_000)).toBe(0)
    await deleteEndedHolds(database().db, place, after(1_000))
    expect((await heldIn(place, 0)).map(({ name }) => name)).toEqual(['node-b'])
  })

  test('only its own account releases a hold, and only once', async () => {
    const row = aHold()
    await put([row])
    expect(await released(row, { accountId: anAccount() })).toBe(0)
    expect(await released(row, { clusterId: 'o-demo0002' })).toBe(0)
    expect(await released(row)).toBe(1)
    expect(await released(row)).toBe(0)
    expect(await heldIn(row)).toEqual([])
  })

  test('as many as one request may name are written and released at once', async () => {
    const accountId = anAccount()
    await put(Array.from({ length: 5_000 }, (_, index) => aHold({ accountId, name: `aks-npweb-10000001-vmss${String(index).padStart(6, '0')}` })))
    const held = await heldIn({ accountId, clusterId: 'o-demo0001' })
    expect(held).toHaveLength(5_000)
    expect(await deleteHolds(database().db, { accountId, clusterId: 'o-demo0001' }, { ids: held.map(({ id }) => id), now: after(0) })).toBe(5_000)
  })
})
