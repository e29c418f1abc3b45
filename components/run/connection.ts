import type { ConnectionState } from '@/components/domain/freshness-mark'
import type { RunView } from './run-feed'

/** How the page hears of the run, in the words of the mark. `isAskFailing`: asking instead of the stream fails too. */
export const connectionOf = ({ link, lostAtMs }: Pick<RunView, 'link' | 'lostAtMs'>, isAskFailing: boolean, nowMs: number): ConnectionState => {
  if (link === 'live' || link === 'ended') return { kind: link }
  if (link === 'failed' && !isAskFailing) return { kind: 'polling' }
  if (link === 'reconnecting' || link === 'failed') return { kind: 'reconnecting', sinceMs: lostAtMs ?? nowMs }
  return { kind: 'catching-up' }
}
