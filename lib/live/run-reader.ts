import 'server-only'
import { isOnNow } from '@/lib/domain/progress/reading'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { Timers } from './timers'

/** Answers in a row that know no such run, with growing pauses between, before the list is asked as well. */
const doubtedAfterReadings = 5
/** How long after a list without the run another must say so: a Spot that comes back from a failure may answer with nothing for a minute or two. */
const confirmedAfterMs = 2 * 60_000

type ReaderOptions = {
  spot: Pick<SpotClient, 'getMigration' | 'listMigrations'>
  run: { clusterId: string; migrationId: string }
  timers: Pick<Timers, 'elapsedMs'>
  signal: AbortSignal
  /** The list has the run as on. */
  onListedAsOn: () => void
}

const isNotFound = (error: unknown): error is SpotError => error instanceof SpotError && error.kind === 'not-found'

/**
 * Reads one run: null once Spot has not known it for a while and its list of migrations, which is heavy and asked
 * for then alone, is without it too, twice and some time apart. A list of a cluster that is gone is one without it.
 */
export const createRunReader = ({ spot, run: { clusterId, migrationId }, timers, signal, onListedAsOn }: ReaderOptions) => {
  let missed = 0
  let unlistedAtMs: number | null = null

  const noteFound = () => {
    missed = 0
    unlistedAtMs = null
  }

  const findInList = async (): Promise<Migration | undefined> => {
    try {
      const { data } = await spot.listMigrations(clusterId, { fresh: true, signal })
      return data.find(({ id }) => id === migrationId)
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  const readList = async (notFound: SpotError): Promise<Migration | null> => {
    if (unlistedAtMs !== null && timers.elapsedMs() - unlistedAtMs < confirmedAfterMs) throw notFound
    const listed = await findInList()
    if (listed === undefined && unlistedAtMs !== null) return null
    if (listed === undefined) {
      unlistedAtMs = timers.elapsedMs()
      throw notFound
    }
    noteFound()
    if (!isOnNow(listed)) return listed
    onListedAsOn()
    throw notFound
  }

  return async (): Promise<Migration | null> => {
    try {
      const { data } = await spot.getMigration(clusterId, migrationId, { fresh: true, signal })
      noteFound()
      return data
    } catch (error) {
      if (!isNotFound(error)) throw error
      missed += 1
      if (missed < doubtedAfterReadings) throw error
      return readList(error)
    }
  }
}
