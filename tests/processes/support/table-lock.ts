import postgres from 'postgres'
import { eventually } from './eventually'

const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'test' } })

/** Writers of a table wait, readers do not; or everybody waits. */
type Mode = 'exclusive' | 'access exclusive'

/**
 * Holds a table, so that a server stands still where it needs it next. `reached` resolves once one waits;
 * `endWaiting` ends what it had asked the database for, as if it had been killed a moment before.
 */
export const lockTable = async (url: string, table: string, mode: Mode = 'exclusive') => {
  const [holder, watcher] = [connect(url), connect(url)]
  await holder.unsafe('begin')
  await holder.unsafe(`lock table ${table} in ${mode} mode`)
  const waiting = async () => (await watcher`select pid from pg_stat_activity where application_name = 'slipway' and datname = current_database() and wait_event_type = 'Lock'`).length
  return {
    reached: () => eventually(waiting, (count) => count > 0),
    endWaiting: async () => {
      await watcher`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slipway' and datname = current_database()`
      await eventually(waiting, (count) => count === 0)
    },
    release: async () => {
      await holder.unsafe('rollback')
      await Promise.all([holder.end(), watcher.end()])
    },
  }
}
