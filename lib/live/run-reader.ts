import 'server-only'
import { isOnNow } from '@/lib/domain/progress/reading'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError } from '@/lib/spot/errors'
import type { Migration } from '@/lib/spot/schemas/migration'

/** Answers in a row that know no such run, with growing pauses between, before the list is asked as well. */
const doubtedAfterReadings = 5

type ReaderOptions = {
  spot: Pick<SpotClient, 'getMigration' | 'listMigrations'>
  run: { clusterId: string; migrationId: string }
  signal: AbortSignal
  /** The list has the run as on. */
  onListedAsOn: () => void
}

/**
 * Reads one run: null once Spot has not known it for a while and its list of migrations, which is heavy and asked
 * for then alone, is without it too.
 */
export const createRunReader = ({ spot, run: { clusterId, migrationId }, signal, onListedAsOn }: ReaderOptions) => {
  let missed = 0

  const readList = async (notFound: SpotError): Promise<Migration | null> => {
    const { data } = await spot.listMigrations(clusterId, { fresh: true, signal })
    const listed = data.find(({ id }) => id === migrationId)
    if (listed === undefined) return null
    missed = 0
    if (!isOnNow(listed)) return listed
    onListedAsOn()
    throw notFound
  }

  return async (): Promise<Migration | null> => {
    try {
      const { data } = await spot.getMigration(clusterId, migrationId, { fresh: true, signal })
      missed = 0
      return data
    } catch (error) {
      if (!(error instanceof SpotError) || error.kind !== 'not-found') throw error
      missed += 1
      if (missed < doubtedAfterReadings) throw error
      return readList(error)
    }
  }
}
