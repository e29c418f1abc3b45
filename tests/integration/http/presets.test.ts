import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { DELETE as dropDraft, GET as readDraft, PUT as saveDraft } from '@/app/api/clusters/[clusterId]/drafts/[draftId]/route'
import { GET as readDrafts, POST as createDraft } from '@/app/api/clusters/[clusterId]/drafts/route'
import { PUT as chooseDefault } from '@/app/api/clusters/[clusterId]/preset-default/route'
import { DELETE as dropPreset, PUT as replacePreset } from '@/app/api/clusters/[clusterId]/presets/[presetId]/route'
import { GET as readPresets, POST as createPreset } from '@/app/api/clusters/[clusterId]/presets/route'
import { draftAnswer, draftsAnswer, newDraftPreferences } from '@/lib/contract/draft'
import { presetOptionsOf, presetsAnswer } from '@/lib/contract/presets'
import { problem } from '@/lib/contract/problem'
import { call, signedInCookie, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

const params = { clusterId: 'o-demo0001' }
const options = { ...presetOptionsOf(newDraftPreferences), batchSizePercentage: '10', respectPdb: false }
let simulator: TestSimulator
let app: TestApp
let cookie = ''
let stranger = ''
let limited = ''

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 10 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
  cookie = await signedInCookie(auth)
  limited = await signedInCookie(auth, { token: 'limited-token' })
  stranger = await signedInCookie(auth, { token: 'other-org-token', accountId: 'act-other001' })
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

const presetsOf = async (response: Response) => presetsAnswer.parse(await response.json())
const codeOf = async (response: Response) => problem.parse(await response.json()).code
const newPlan = async (clusterId = params.clusterId) => draftAnswer.parse(await (await call(createDraft, { method: 'POST', cookie, params: { clusterId }, body: { nodeNames: ['aks-a'] } })).json())

it('a preset is saved once by its name, and new plans of its cluster alone start from it', async () => {
  expect((await newPlan()).preferences).toEqual(newDraftPreferences)
  const saved = await presetsOf(await call(createPreset, { method: 'POST', cookie, params, body: { name: ' Night shift ', options } }))
  expect(saved).toMatchObject({ presets: [{ name: 'Night shift', options, savedBy: 'Ada' }], defaultPresetId: null })
  const presetId = saved.presets[0]?.presetId ?? ''
  expect(await codeOf(await call(createPreset, { method: 'POST', cookie, params, body: { name: 'NIGHT SHIFT', options } }))).toBe('invalid_input')
  expect(await codeOf(await call(createPreset, { method: 'POST', cookie, params, body: { name: 'x', options: { ...options, batchSizePercentage: '0' } } }))).toBe('invalid_input')
  expect((await presetsOf(await call(chooseDefault, { method: 'PUT', cookie, params, body: { presetId } }))).defaultPresetId).toBe(presetId)
  expect((await newPlan()).preferences).toEqual({ ...options, comment: '' })
  expect((await newPlan('o-demo0002')).preferences).toEqual(newDraftPreferences)
  expect(await presetsOf(await call(readPresets, { cookie, params: { clusterId: 'o-demo0002' } }))).toMatchObject({ presets: [{ presetId }], defaultPresetId: null })
  await call(replacePreset, { method: 'PUT', cookie, params: { ...params, presetId }, body: { name: 'Night', options: { ...options, batchSizePercentage: '30' } } })
  expect((await newPlan()).preferences.batchSizePercentage).toBe('30')
  await call(dropPreset, { method: 'DELETE', cookie, params: { ...params, presetId } })
  expect(await presetsOf(await call(readPresets, { cookie, params }))).toEqual({ presets: [], defaultPresetId: null })
  expect((await newPlan()).preferences).toEqual(newDraftPreferences)
})

it('another account sees, changes and deletes nothing of it', async () => {
  const saved = await presetsOf(await call(createPreset, { method: 'POST', cookie, params, body: { name: 'Ours', options } }))
  const presetId = saved.presets[0]?.presetId ?? ''
  const { draftId } = await newPlan()
  expect((await call(readPresets, { cookie: stranger, params })).status).toBeGreaterThanOrEqual(400)
  expect((await call(dropPreset, { method: 'DELETE', cookie: stranger, params: { ...params, presetId } })).status).toBeGreaterThanOrEqual(400)
  expect((await call(dropDraft, { method: 'DELETE', cookie: stranger, params: { ...params, draftId } })).status).toBeGreaterThanOrEqual(400)
  expect((await call(readDrafts, { cookie: stranger, params })).status).toBeGreaterThanOrEqual(400)
  expect((await presetsOf(await call(readPresets, { cookie, params }))).presets).toHaveLength(1)
  expect(await codeOf(await call(chooseDefault, { method: 'PUT', cookie, params, body: { presetId: randomUUID() } }))).toBe('not_found')
})

it('an unfinished plan is found again by everybody of the account, and deleted once', async () => {
  const { draftId } = await newPlan('o-demo0002')
  const place = { clusterId: 'o-demo0002' }
  const list = async () => draftsAnswer.parse(await (await call(readDrafts, { cookie, params: place })).json())
  expect((await list()).drafts[0]).toMatchObject({ draftId, createdBy: 'Ada', nodes: 1 })
  const left = draftsAnswer.parse(await (await call(dropDraft, { method: 'DELETE', cookie, params: { ...place, draftId } })).json())
  expect(left.drafts.map((draft) => draft.draftId)).not.toContain(draftId)
  expect(await codeOf(await call(dropDraft, { method: 'DELETE', cookie, params: { ...place, draftId } }))).toBe('not_found')
})

it('a plan of a cluster that a token of the account cannot read is neither read nor made nor changed with it', async () => {
  const draft = await newPlan('o-demo0002')
  const at = { cookie: limited, params: { clusterId: 'o-demo0002', draftId: draft.draftId } }
  const body = { nodeNames: ['aks-b'], preferences: draft.preferences, knownAtMs: draft.updatedAtMs, pageId: randomUUID() }
  expect(await codeOf(await call(readDraft, at))).toBe('token_not_permitted')
  expect(await codeOf(await call(saveDraft, { ...at, method: 'PUT', body }))).toBe('token_not_permitted')
  expect(await codeOf(await call(createDraft, { ...at, method: 'POST', body: { nodeNames: ['aks-b'] } }))).toBe('token_not_permitted')
  expect(draftAnswer.parse(await (await call(readDraft, { ...at, cookie })).json()).nodeNames).toEqual(['aks-a'])
})
