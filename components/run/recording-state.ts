import type { RecordingAnswer } from '@/lib/contract/recording'
import type { Freshness } from '@/lib/contract/run'

/** Whose sign-in is kept for a run that is on. */
type Keeper = 'own' | 'colleague' | 'missing' | 'nobody'

type RecordingWords = { tone: 'info' | 'warning'; title: string; sentence: string; action: { label: string; isKept: boolean } | null }

const keeperOf = ({ isKept, hasCopy, isOwn }: RecordingAnswer): Keeper => (hasCopy ? (isOwn ? 'own' : 'colleague') : isKept ? 'missing' : 'nobody')

const whatIsKept = 'a sealed copy of your token stays on the server for this run alone and is removed within an hour of its end.'
const keep = { label: 'Keep recording with my sign-in', isKept: true }

const words: Record<Keeper, RecordingWords> = {
  own: { tone: 'info', title: 'Recorded with your sign-in until the run ends.', sentence: `You can close this page: ${whatIsKept}`, action: { label: 'Take my sign-in back', isKept: false } },
  colleague: {
    tone: 'info',
    title: 'Recorded with a colleague’s sign-in until the run ends.',
    sentence: 'You can close this page. Whose it is, is stored nowhere; only they can take it back.',
    action: null,
  },
  missing: {
    tone: 'warning',
    title: 'Unwatched: recording pauses when you close this page.',
    sentence: `No usable copy of a sign-in is kept for this run any more. With yours it goes on: ${whatIsKept}`,
    action: keep,
  },
  nobody: {
    tone: 'warning',
    title: 'Unwatched: recording pauses when you close this page.',
    sentence: `Nobody’s sign-in is kept for this run. With yours it goes on: ${whatIsKept}`,
    action: keep,
  },
}

/**
 * What a person is told of how a run goes on being recorded, and what they can do about it. `state` is that
 * of the record now: with the page open it rests only when Spot refuses the viewer's own token too.
 */
export const recordingWords = (answer: RecordingAnswer, state: Freshness['state'] | null): RecordingWords => {
  const found = words[keeperOf(answer)]
  return found.action?.isKept === true && state === 'unwatched' ? { ...found, title: 'Unwatched: nothing of this run is recorded now.' } : found
}
