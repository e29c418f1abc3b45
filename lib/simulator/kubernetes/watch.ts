import type { Presenter } from './present'
import { isYes, readCount, readSelection, type Target } from './query'
import type { Entry, Resource } from './resource'
import { expiredVersion, KubeFailure, noWatch, statusOf } from './status'
import type { View } from './view'

/** How often changes are looked for, and how long a watch lasts when nothing is said. */
const tickMs = 200
const usualSeconds = 1800
const bookmarkEveryMs = 5000

type Change = ReturnType<NonNullable<Resource['watch']>['changesAfter']>[number]

type WatchInput = {
  /** Lets the twin catch up and shows it as it is then; null when the cluster is gone. */
  look: () => View | null
  present: (view: View) => Presenter
  target: Target
  query: URLSearchParams
  pause: (ms: number) => Promise<void>
}

const frame = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`

/** What a change means to somebody who sees only the selected objects. */
const frameOf = ({ before, after, gone }: Change, isSelected: (entry: Entry) => boolean, { one }: Presenter): string => {
  const [was, is] = [before !== null && isSelected(before), after !== null && isSelected(after)]
  if (is) return frame(was ? 'MODIFIED' : 'ADDED', one(after as Entry))
  return was ? frame('DELETED', one(gone as Entry)) : ''
}

/** Where a watch begins: null asks for everything that is there first. Throws KubeFailure. */
const startOf = (query: URLSearchParams): number | null => {
  // Not known here, which clients take as a reason to list first.
  if (query.has('sendInitialEvents')) throw new KubeFailure(422, 'Invalid', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled')
  return readCount(query, 'resourceVersion') || null
}

/**
 * The frames of a watch (Kubernetes, API Concepts, "Efficient detection of changes"). A version whose changes
 * are forgotten, or one of another start of the simulator, ends it with an ERROR of 410. Faults in the request throw KubeFailure at once.
 */
export const watch = ({ look, present, target, query, pause }: WatchInput): AsyncGenerator<string> => {
  const watched = target.resource.watch
  if (watched === undefined) throw noWatch()
  const isSelected = readSelection(target, query)
  const start = startOf(query)
  const endsMs = (readCount(query, 'timeoutSeconds') || usualSeconds) * 1000
  const hasBookmarks = isYes(query, 'allowWatchBookmarks')

  return (async function* () {
    let view = look()
    let seen = start ?? view?.ledger.version() ?? 0
    if (start === null && view !== null) {
      const presenter = present(view)
      for (const entry of target.resource.entries(view)) if (isSelected(entry)) yield frame('ADDED', presenter.one(entry))
    }
    for (let passedMs = 0; view !== null; passedMs += tickMs) {
      const oldest = watched.oldest(view)
      if (seen < oldest || seen > view.ledger.version()) return yield frame('ERROR', statusOf(expiredVersion(seen, oldest)))
      const presenter = present(view)
      const text = watched.changesAfter(view, seen).map((change) => frameOf(change, isSelected, presenter)).join('')
      seen = view.ledger.version()
      if (text !== '') yield text
      const isOver = passedMs >= endsMs
      if (hasBookmarks && (isOver || (passedMs > 0 && passedMs % bookmarkEveryMs === 0))) yield frame('BOOKMARK', presenter.bookmark(seen))
      if (isOver) return
      await pause(tickMs)
      view = look()
    }
  })()
}
