// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { FreshnessMark, type ConnectionState } from '@/components/domain/freshness-mark'
import { TooltipProvider } from '@/components/ui/tooltip'

afterEach(cleanup)

const failed = { code: 'upstream_failed', detail: 'Spot answered with an error of its own (503). Try again in a minute.' }
const textOf = (connection: ConnectionState, problem: typeof failed | null, isEndKnown?: boolean) =>
  render(
    <TooltipProvider>
      <FreshnessMark connection={connection} readAtMs={Date.now() - 9_500} problem={problem} isEndKnown={isEndKnown} />
    </TooltipProvider>,
  ).container.textContent

describe('the mark of a run', () => {
  it('is live while readings come, and says what stands in their way once one has failed', () => {
    expect(textOf({ kind: 'live' }, null)).toMatch(/^live, \d+ s old$/)
    cleanup()
    expect(textOf({ kind: 'live' }, failed)).toMatch(/^Spot answered with an error, data \d+ s old$/)
    cleanup()
    expect(textOf({ kind: 'live' }, { code: 'recording_refused', detail: '' })).toMatch(/^unwatched, data/)
  })

  it('calls recorded to the end only what has an end that is known', () => {
    expect(textOf({ kind: 'ended' }, null)).toBe('recorded to the end')
    cleanup()
    expect(textOf({ kind: 'ended' }, null, false)).toBe('record ends with what was seen last')
  })

  it('says first of all that the page itself hears nothing', () => {
    expect(textOf({ kind: 'reconnecting', sinceMs: 0 }, failed)).toMatch(/^reconnecting since/)
  })
})
