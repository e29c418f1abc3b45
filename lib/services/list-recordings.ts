import 'server-only'
import type { RecordingsAnswer } from '@/lib/contract/session'
import { storageError } from '@/lib/db/errors'
import { listOpenRuns, type RunRow } from '@/lib/db/queries/runs'
import type { Context, Verb } from './context'

/** Open runs of the account that keep a copy of the session's own token. */
export const keptRuns = async ({ db, live, session, token }: Pick<Context, 'db' | 'live' | 'session' | 'token'>): Promise<RunRow[]> => {
  const open = await listOpenRuns(db, session.accountId).catch((error: unknown) => {
    throw storageError(error)
  })
  return open.filter((run) => live.isKept(run, token))
}

/** What sign-out has to say: the runs that go on being recorded with this token. */
export const listRecordings: Verb<void, RecordingsAnswer> = async ({ ctx }) => ({
  recordings: (await keptRuns(ctx)).map(({ clusterId, migrationId }) => ({ clusterId, migrationId })),
})
