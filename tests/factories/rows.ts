import { randomBytes, randomUUID } from 'node:crypto'
import type { DraftRow } from '@/lib/db/queries/drafts'
import type { HoldRow } from '@/lib/db/queries/holds'
import type { NewLaunch } from '@/lib/db/queries/launches'
import type { NewRun } from '@/lib/db/queries/runs'
import type { SessionRow } from '@/lib/db/queries/sessions'
import type { RunChange } from '@/lib/domain/progress/change'
import { noCounts } from '@/lib/domain/progress/state'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

/** Noon of a day, as the clock of tests begins. */
export const noon = new Date('2026-03-02T12:00:00.000Z')
export const after = (ms: number, from = noon) => new Date(from.getTime() + ms)

/** Rows of different tests stand in one database: each test has an account of its own. */
export const anAccount = () => `act-${randomBytes(4).toString('hex')}`

export const aSession = (over: Partial<SessionRow> = {}): SessionRow => ({
  id: randomBytes(32).toString('hex'),
  accountId: anAccount(),
  accountName: 'Demo',
  organizationId: null,
  displayName: 'Ada',
  sealedToken: 'v1.key.sealed',
  createdAt: noon,
  lastSeenAt: noon,
  expiresAt: after(12 * 3_600_000),
  ...over,
})

export const aDraft = (over: Partial<DraftRow> = {}): DraftRow => ({
  id: randomUUID(),
  accountId: anAccount(),
  clusterId: 'o-demo0001',
  createdBy: 'Ada',
  body: { nodeNames: ['node-a'], preferences: { ...defaultMigrationOptions, batchSizePercentage: '20', batchMinHealthyPercentage: '50', comment: '' } },
  changedBy: null,
  changedIn: null,
  createdAt: noon,
  updatedAt: noon,
  ...over,
})

export const aLaunch = (over: Partial<NewLaunch> = {}): NewLaunch => {
  const launchKey = over.launchKey ?? randomUUID()
  return {
    id: randomUUID(),
    accountId: anAccount(),
    organizationId: null,
    clusterId: 'o-demo0001',
    launchKey,
    draftId: null,
    mark: randomBytes(4).toString('hex'),
    payloadHash: 'hash',
    planHash: null,
    payload: { launchKey, nodeNames: ['node-a', 'node-b'], options: defaultMigrationOptions, comment: 'wave 1' },
    displayName: 'Ada',
    sealedToken: 'v1.key.sealed',
    ...over,
  }
}

export const aRun = (over: Partial<NewRun> = {}): NewRun => ({
  accountId: anAccount(),
  organizationId: null,
  clusterId: 'o-demo0001',
  migrationId: `scr-${randomBytes(4).toString('hex')}`,
  launchId: null,
  startedBy: null,
  source: 'elsewhere',
  comment: '',
  options: defaultMigrationOptions,
  status: 'IN_PROGRESS',
  currentBatch: null,
  numOfBatches: null,
  counts: noCounts(),
  startedAt: noon,
  isKept: true,
  sealedToken: 'v1.key.sealed',
  createdAt: noon,
  ...over,
})

/** Log lines with the numbers `from` to `to`. */
export const someChanges = (from: number, to: number): RunChange[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    atMs: noon.getTime() + from + index,
    kind: 'log',
    body: { loggedAtMs: null, severity: 'INFO', message: `line ${from + index}` },
  }))


export const aHold = (over: Partial<HoldRow> = {}): HoldRow => ({
  id: randomUUID(),
  accountId: anAccount(),
  clusterId: 'o-demo0001',
  kind: 'node',
  name: 'node-a',
  reason: 'kernel upgrade',
  heldBy: 'Ada',
  createdAt: noon,
  endsAt: null,
  ...over,
})
