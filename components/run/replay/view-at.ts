import type { KnownBy } from '@/lib/domain/progress/replay'
import { isRunOver } from '@/lib/domain/progress/state'
import type { RunStatus } from '@/lib/domain/run-rules'
import type { RunView } from '../run-feed'

const begun: RunStatus = 'IN_PROGRESS'

/** The page's picture of the run at a moment of the recording, as one who watched had it: nothing in it tells what came later, not the run's head either. */
export const viewAt = <View extends RunView>(view: View, { changes, state }: KnownBy): View => {
  const { record } = view
  const head = record === null || isRunOver(state) ? record : { ...record, run: { ...record.run, status: begun, endedAtMs: null } }
  return { ...view, changes, state, record: head }
}
