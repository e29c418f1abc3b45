import 'server-only'
import type { DeleteRunAnswer } from '@/lib/contract/run'
import { deleteRun as deleteRow } from '@/lib/db/queries/forget-runs'
import { findRun } from '@/lib/db/queries/runs'
import { AppError } from '@/lib/errors'
import { requireCluster, unknownRun } from './cluster-access'
import type { Verb } from './context'
import { readPart } from './part'

type Input = { clusterId: string; migrationId: string; confirm: string }

const stillOn = () => new AppError('migration_in_progress', { detail: 'This run is still on. It can be deleted once it is over; until then the record of it goes on.' })

/**
 * Deletes a run's record with its rollback kit. Whoever can read the cluster may: it is they who see the
 * record, and Spot's own is not touched. Throws `invalid_input` when the typed id is another,
 * `migration_in_progress` while the run is on, and `not_found` for one that is not recorded here.
 */
export const deleteRun: Verb<Input, DeleteRunAnswer> = async ({ ctx, input: { clusterId, migrationId, confirm } }) => {
  await requireCluster(ctx, clusterId)
  if (confirm !== migrationId)
    throw new AppError('invalid_input', { detail: 'The id that was typed is not that of this run, so nothing was deleted.', issues: [{ path: 'confirm', message: `Type ${migrationId}.` }] })
  const row = await findRun(ctx.db, { accountId: ctx.session.accountId, clusterId, migrationId })
  if (row === null) throw unknownRun()
  if (!(await deleteRow(ctx.db, row.id))) throw stillOn()
  // A list from before the end would show it as a run that is on.
  await readPart(ctx.spot.listMigrations(clusterId, { fresh: true }))
  ctx.log.info({ requestId: ctx.requestId, accountId: ctx.session.accountId, migrationId }, 'a run was deleted')
  return { migrationId }
}
