import { expect, test } from 'vitest'
import { insertShare, insertShareIfDue, listShares } from '@/lib/db/queries/cluster-shares'
import { after, anAccount, noon } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

const minuteMs = 60_000
const pace = { leastMs: 10 * minuteMs, mostMs: 60 * minuteMs }

onBothDatabases((database) => {
  const of = (accountId: string) => ({ accountId, clusterId: 'o-1' })
  const countAt = (accountId: string) => (minutes: number, managed: number) =>
    insertShareIfDue(database().db, { ...of(accountId), at: after(minutes * minuteMs), managed, unmanaged: 5, system: 1 }, pace)
  const seen = async (accountId: string, limit = 100) => (await listShares(database().db, of(accountId), limit)).map(({ at, managed }) => [(at.getTime() - noon.getTime()) / minuteMs, managed])

  test('a count is kept every ten minutes at the most, and every hour while nothing changes', async () => {
    const accountId = anAccount()
    const count = countAt(accountId)
    for (const [minutes, managed] of [[0, 3], [9, 4], [11, 4], [22, 4], [60, 4], [72, 4], [73, 4]] as const) await count(minutes, managed)
    expect(await seen(accountId)).toEqual([[0, 3], [11, 4], [72, 4]])
    expect(await seen(accountId, 2), 'the latest').toEqual([[11, 4], [72, 4]])
    expect(await seen(anAccount())).toEqual([])
  })

  test('the beginning and the end of a run are kept in any case, each once', async () => {
    const accountId = anAccount()
    const row = { ...of(accountId), at: after(minuteMs), managed: 3, unmanaged: 5, system: 1 }
    await countAt(accountId)(0, 3)
    await insertShare(database().db, row)
    await insertShare(database().db, { ...row, managed: 4 })
    expect(await seen(accountId)).toEqual([[0, 3], [1, 3]])
  })
})
