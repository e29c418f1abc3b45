import { expect, test } from 'vitest'
import { recordingWords } from '@/components/run/recording-state'

const none = { isKept: false, hasCopy: false, isOwn: false }

test('one’s own sign-in says until when it is kept and can be taken back', () => {
  const { tone, title, sentence, action } = recordingWords({ isKept: true, hasCopy: true, isOwn: true }, 'live')
  expect([tone, title]).toEqual(['info', 'Recorded with your sign-in until the run ends.'])
  expect(sentence).toContain('removed within an hour of its end')
  expect(action).toEqual({ label: 'Take my sign-in back', isKept: false })
})

test('a colleague’s is theirs to take back', () => {
  expect(recordingWords({ isKept: true, hasCopy: true, isOwn: false }, 'live')).toMatchObject({ tone: 'info', action: null, sentence: expect.stringContaining('stored nowhere') })
})

test('without one a viewer is asked, and told why and what is kept', () => {
  for (const answer of [none, { ...none, isKept: true }]) {
    const { tone, title, sentence, action } = recordingWords(answer, 'live')
    expect([tone, title]).toEqual(['warning', 'Unwatched: recording pauses when you close this page.'])
    expect(sentence).toContain('a sealed copy of your token stays on the server')
    expect(sentence.startsWith('No usable copy of a sign-in')).toBe(answer.isKept)
    expect(sentence, 'the copy may be gone for other reasons').not.toContain('Spot')
    expect(action).toEqual({ label: 'Keep recording with my sign-in', isKept: true })
  }
})

test('a run that rests although the page is open does not promise that it is recorded', () => {
  expect(recordingWords(none, 'unwatched').title).toBe('Unwatched: nothing of this run is recorded now.')
  expect(recordingWords({ isKept: true, hasCopy: true, isOwn: false }, 'unwatched').title).toContain('a colleague’s')
})
