import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { deleteDraft, deleteOldDrafts, findDraft, insertDraft, listDrafts } from '@/lib/db/queries/drafts'
import { findLaunchOfDraft, insertIntent, settleLaunch, type Settlement } from '@/lib/db/queries/launches'
import { clearDefaultPreset, deletePreset, findDefaultPreset, insertPreset, listPresets, replacePreset, setDefaultPreset, type PresetRow } from '@/lib/db/queries/presets'
import { newDraftPreferences } from '@/lib/contract/draft'
import { presetOptionsOf } from '@/lib/contract/presets'
import { aDraft, aLaunch, after, anAccount, noon } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

const aPreset = (over: Partial<PresetRow> = {}): PresetRow => ({ id: randomUUID(), accountId: anAccount(), name: 'Night', nameKey: 'night', options: presetOptionsOf(newDraftPreferences), savedBy: 'Ada', savedAt: noon, ...over })

onBothDatabases((database) => {
  test('a name stands once in an account, and in every account', async () => {
    const first = aPreset()
    expect(await insertPreset(database().db, first)).toBe(true)
    expect(await insertPreset(database().db, aPreset({ accountId: first.accountId, name: 'NIGHT' }))).toBe(false)
    expect(await insertPreset(database().db, aPreset())).toBe(true)
    expect(await listPresets(database().db, first.accountId)).toEqual([first])
  })

  test('a preset is replaced unless another one has the new name or it is not one’s own', async () => {
    const [night, day] = [aPreset(), aPreset({ name: 'Day', nameKey: 'day' })]
    const { accountId } = night
    await insertPreset(database().db, night)
    await insertPreset(database().db, { ...day, accountId })
    expect(await replacePreset(database().db, { ...night, name: 'NIGHT', savedBy: 'Bob' })).toBe('replaced')
    expect(await replacePreset(database().db, { ...night, name: 'Day', nameKey: 'day' })).toBe('name-taken')
    expect(await replacePreset(database().db, { ...night, accountId: anAccount() })).toBe('unknown')
    expect((await listPresets(database().db, accountId)).map(({ name, savedBy }) => [name, savedBy])).toEqual([['Day', 'Ada'], ['NIGHT', 'Bob']])
  })

  test('a cluster has one default, of its own account, which goes with its preset', async () => {
    const [night, day] = [aPreset(), aPreset({ name: 'Day', nameKey: 'day' })]
    const place = { accountId: night.accountId, clusterId: 'o-demo0001' }
    for (const row of [night, { ...day, accountId: night.accountId }]) await insertPreset(database().db, row)
    expect(await findDefaultPreset(database().db, place)).toBeNull()
    expect(await setDefaultPreset(database().db, place, night.id)).toBe(true)
    expect(await setDefaultPreset(database().db, place, day.id)).toBe(true)
    expect((await findDefaultPreset(database().db, place))?.name).toBe('Day')
    expect(await findDefaultPreset(database().db, { ...place, clusterId: 'o-demo0002' })).toBeNull()
    const other = { ...place, accountId: anAccount() }
    expect(await setDefaultPreset(database().db, other, night.id)).toBe(false)
    expect(await findDefaultPreset(database().db, other)).toBeNull()
    expect(await deletePreset(database().db, { accountId: other.accountId, id: day.id })).toBe(false)
    expect(await deletePreset(database().db, { accountId: night.accountId, id: day.id })).toBe(true)
    expect(await findDefaultPreset(database().db, place)).toBeNull()
    await setDefaultPreset(database().db, place, night.id)
    await clearDefaultPreset(database().db, place)
    expect(await findDefaultPreset(database().db, place)).toBeNull()
  })

  test('unfinished plans are listed newest first, without those that became a migration, are old, or are elsewhere', async () => {
    const accountId = anAccount()
    const place = { accountId, clusterId: 'o-demo0001' }
    const older = aDraft({ accountId })
    const newer = aDraft({ accountId, createdBy: 'Bob', updatedAt: after(1_000), body: { ...older.body, nodeNames: ['a', 'b'], preferences: { ...newDraftPreferences, comment: 'wave 2' } } })
    const [launched, failed] = [aDraft({ accountId }), aDraft({ accountId, updatedAt: after(500) })]
    const launch = async (draft: typeof older, settlement: Pick<Settlement, 'state' | 'migrationId'>) => {
      const { row } = await insertIntent(database().db, aLaunch({ accountId, draftId: draft.id }))
      await settleLaunch(database().db, row.id, { ...settlement, now: after(1) })
    }
    await launch(failed, { state: 'rejected' })
    await launch(failed, { state: 'not_found' })
    await launch(launched, { state: 'acked', migrationId: 'scr-1' })
    const launchOf = ({ id }: typeof older) => findLaunchOfDraft(database().db, { ...place, draftId: id })
    expect([await launchOf(launched), await launchOf(failed), await launchOf(older)]).toMatchObject([{ state: 'acked', migrationId: 'scr-1' }, { state: 'not_found' }, null])
    const old = aDraft({ accountId, updatedAt: after(-1) })
    const rows = [older, newer, launched, failed, old, aDraft({ accountId, clusterId: 'o-demo0002' }), aDraft()]
    for (const row of rows) await insertDraft(database().db, row)
    expect(await listDrafts(database().db, { ...place, since: noon })).toMatchObject([
      { id: newer.id, createdBy: 'Bob', nodes: 2, comment: 'wave 2', updatedAt: after(1_000) },
      { id: failed.id, nodes: 1 },
      { id: older.id, nodes: 1, comment: '' },
    ])
    await deleteOldDrafts(database().db, noon)
    expect(await findDraft(database().db, { ...place, id: old.id })).toBeNull()
    expect(await deleteDraft(database().db, { ...place, accountId: anAccount(), id: older.id })).toBe(false)
    expect(await deleteDraft(database().db, { ...place, id: older.id })).toBe(true)
    expect((await listDrafts(database().db, { ...place, since: noon })).map(({ id }) => id)).toEqual([newer.id, failed.id])
  })
})
