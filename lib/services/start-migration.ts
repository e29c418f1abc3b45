import 'server-only'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { reviewOfRequest, type LaunchPayload, type LaunchRequest } from '@/lib/contract/launch'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { endLaunchOfRun, findLaunchByKey, findLaunchOfDraft, insertIntent, startedNothing, type LaunchRow, type NewLaunch } from '@/lib/db/queries/launches'
import { findRun, listOpenRuns } from '@/lib/db/queries/runs'
import type { PredictedBatches } from '@/lib/domain/batches/predicted'
import { isOnNow } from '@/lib/domain/progress/reading'
import { AppError } from '@/lib/errors'
import { launchSeal } from '@/lib/live/seals'
import { SpotError } from '@/lib/spot/errors'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { Context, Verb } from './context'
import { keyOfAnother, launchInTheWay, planLaunched, requireSelection, requireUnheld, runInTheWay } from './launch-refusals'
import { launchAnswerOf } from './launch-view'
import { lookUpLaunch } from './look-up-launch'
import { readHolds } from './read-holds'
import { launchOf, reopenIfOn } from './recorded-run'
import { readLaunchFacts, requireReviewed } from './review-launch'
import { keepRollbackKit, rollbackFactsOrNone } from './record-rollback-kit'

type Input = { clusterId: string; request: LaunchRequest }

const placeOf = (ctx: Context, clusterId: string, migrationId: string) => ({ accountId: ctx.session.accountId, clusterId, migrationId })

/** The run in the way may be that of a launch which is still being looked for, or one whose record is over. */
const refuse = async (ctx: Context, clusterId: string, live: Migration): Promise<never> => {
  const [run, launch] = await Promise.all([findRun(ctx.db, placeOf(ctx, clusterId, live.id)), launchOf(ctx, clusterId, live)])
  if (run === null && launch !== null) await ctx.live.launcher.found(launch, live.id)
  if (run !== null && run.endedAt !== null) await reopenIfOn(ctx, run).catch(() => ctx.log.warn({ runId: run.id }, 'whether a run is on again could not be found out'))
  throw runInTheWay(live.id, run?.startedBy ?? launch?.displayName ?? null)
}

/** Spot may forget for a moment what it has: a run that is being recorded is in the way although the list is without it. */
const requireNoneRecorded = async (ctx: Context, clusterId: string, listed: readonly Migration[]): Promise<void> => {
  const known = new Set(listed.map(({ id }) => id))
  const rows = await listOpenRuns(ctx.db, ctx.session.accountId)
  const run = rows.find((row) => row.clusterId === clusterId && row.isHeld && !known.has(row.migrationId))
  if (run !== undefined) throw runInTheWay(run.migrationId, run.startedBy)
}

type Facts = { predicted: PredictedBatches; discovered: DiscoveredNode[] }

/**
 * The facts on which a launch rests, read now: nothing else is on, the nodes are still there, nobody holds
 * them, and the plan is the one that was reviewed. Gives the batches that are foreseen, and what discovery showed.
 */
const requireFacts = async (ctx: Context, { clusterId, request }: Input): Promise<Facts> => {
  const facts = await readLaunchFacts(ctx, clusterId)
  // Last: a large Kubernetes takes its time, and somebody else may have launched meanwhile.
  const { data: runs } = await ctx.spot.listMigrations(clusterId, { maxAgeMs: 0 })
  const live = runs.find(isOnNow)
  if (live !== undefined) await refuse(ctx, clusterId, live)
  await requireNoneRecorded(ctx, clusterId, runs)
  const { discovery, holds } = facts.spot
  requireSelection(request, discovery.data)
  requireUnheld(request, discovery.data, holds)
  return { predicted: await requireReviewed(ctx, { clusterId, request, facts }), discovered: discovery.data }
}

/** What Spot would be asked for: two launches that differ in it are two launches, whatever key they bear. */
const payloadHashOf = ({ nodeNames = [], nodePoolNames = [], options, comment }: LaunchRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([[...nodeNames].sort(), [...nodePoolNames].sort(), Object.entries(options).sort(), comment]))
    .digest('hex')

/** What is stored: not the whole plan that was reviewed, which may be large and whose hash says enough. */
const payloadOf = ({ draftId: _draft, reviewed: _reviewed, planHash: _hash, typedClusterName: _typed, ...payload }: LaunchRequest): LaunchPayload => payload

const intentOf = (ctx: Context, { clusterId, request }: Input, predicted: PredictedBatches): NewLaunch => {
  const id = randomUUID()
  const { accountId, organizationId, displayName } = ctx.session
  return {
    id,
    accountId,
    organizationId,
    clusterId,
    launchKey: request.launchKey,
    draftId: request.draftId ?? null,
    mark: randomBytes(4).toString('hex'),
    payloadHash: payloadHashOf(request),
    payload: { ...payloadOf(request), predicted },
    planHash: request.planHash,
    displayName,
    sealedToken: ctx.vault.seal(ctx.token, launchSeal({ accountId, id })),
  }
}

/** True when Spot says that the run of this launch is over, or gone while no record of it is open: that ends by more than one answer. Asked anew: an older list may not show it yet. */
const isOver = async (ctx: Context, clusterId: string, migrationId: string): Promise<boolean> => {
  try {
    const { data } = await ctx.spot.getMigration(clusterId, migrationId, { fresh: true })
    return !isOnNow(data)
  } catch (error) {
    if (!(error instanceof SpotError) || error.kind !== 'not-found') throw error
    const run = await findRun(ctx.db, placeOf(ctx, clusterId, migrationId))
    return run === null || run.endedAt !== null
  }
}

const sameLaunch = (row: LaunchRow, { clusterId, request }: Input): LaunchRow => {
  if (row.clusterId === clusterId && row.payloadHash === payloadHashOf(request)) return row
  if (row.clusterId === clusterId) throw keyOfAnother(row)
  throw new AppError('invalid_input', { detail: 'This launch key was used in another cluster. Reload the page.', issues: [{ path: 'launchKey', message: 'The key was used before.' }] })
}

/** A plan becomes one migration, from whichever tab and by whomever; one that came to nothing may be launched again. */
const requireUnlaunched = async (ctx: Context, { clusterId, request: { draftId } }: Input): Promise<void> => {
  if (draftId === undefined) return
  const row = await findLaunchOfDraft(ctx.db, { accountId: ctx.session.accountId, clusterId, draftId })
  if (row !== null && !startedNothing.has(row.state)) throw planLaunched(row)
}

/** Records the intent. A launch in the way whose run is over makes room; any other refuses. */
const recordIntent = async (ctx: Context, input: Input, predicted: PredictedBatches): Promise<{ row: LaunchRow; isNew: boolean }> => {
  const result = await insertIntent(ctx.db, intentOf(ctx, input, predicted))
  if (result.kind === 'inserted') return { row: result.row, isNew: true }
  if (result.kind === 'same-key') return { row: sameLaunch(result.row, input), isNew: false }
  const { migrationId } = result.row
  if (migrationId === null) {
    await lookUpLaunch(ctx, result.row)
    throw launchInTheWay(result.row)
  }
  if (!(await isOver(ctx, input.clusterId, migrationId))) throw runInTheWay(migrationId, result.row.displayName)
  await endLaunchOfRun(ctx.db, { ...placeOf(ctx, input.clusterId, migrationId), now: new Date(ctx.now()) })
  return recordIntent(ctx, input, predicted)
}

const start = async (ctx: Context, input: Input): Promise<LaunchAnswer> => {
  const known = await findLaunchByKey(ctx.db, ctx.session.accountId, input.request.launchKey)
  if (known !== null) {
    await lookUpLaunch(ctx, sameLaunch(known, input))
    return launchAnswerOf(known)
  }
  await requireUnlaunched(ctx, input)
  const [{ predicted, discovered }, wayBack] = await Promise.all([requireFacts(ctx, input), rollbackFactsOrNone(ctx, input.clusterId)])
  // Reading took its time: meanwhile somebody may have placed a hold, or the plan may have been launched and its run be over.
  const { holds } = await readHolds(ctx, input.clusterId)
  requireUnheld(input.request, discovered, holds)
  await requireUnlaunched(ctx, input)
  const { row, isNew } = await recordIntent(ctx, input, predicted)
  if (isNew) await keepRollbackKit(ctx, row, wayBack, { nodeNames: reviewOfRequest(input.request).nodeNames, discovered })
  return launchAnswerOf(isNew ? await ctx.live.launcher.send(row, ctx.token) : row)
}

/**
 * Starts a migration: the intent is committed before anything is sent, and it is sent once. The same
 * `launchKey` gives the same launch, and with another selection or other options throws `launch_key_used`. A draft becomes one migration: after that, `plan_launched`. Throws `selection_changed`, `selection_held` (names in `facts`), `migration_in_progress`
 * (who and which in `facts`), `plan_changed` and `risk_not_acknowledged` (a `launchReview` attached), `launch_unknown`, and what the upstream's reads throw; a launch that Spot
 * refuses or does not answer is an answer with that state.
 */
export const startMigration: Verb<Input, LaunchAnswer> = ({ ctx, input }) =>
  ctx.live.launcher.once(`${ctx.session.accountId} ${input.request.launchKey} ${payloadHashOf(input.request)}`, () => start(ctx, input))
