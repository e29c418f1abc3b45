// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { MatchBadge, NodeStatusBadge, RunStatusBadge } from '@/components/domain/badges'
import { OutcomeBar, OutcomeLegend } from '@/components/domain/outcome-bar'
import { outcomeLook } from '@/components/domain/outcome-look'
import { nodeLabel, outcomeOf } from '@/lib/domain/run-rules'

afterEach(cleanup)

const none = { total: 9, moved: 0, moving: 0, toGo: 0, skipped: 9, failed: 0, untouched: 0, unknown: 0 }

describe('the match of a node', () => {
  it('keeps "no match" apart from "not said"', () => {
    const { rerender } = render(<MatchBadge match={{ kind: 'none' }} />)
    expect(screen.getByText('No match')).toBeTruthy()
    rerender(<MatchBadge match={{ kind: 'not-said' }} />)
    expect(screen.getByText('Not said')).toBeTruthy()
  })

  it('shows name and id of a group', () => {
    render(<MatchBadge match={{ kind: 'vng', vngId: 'vng-1a2b', vngName: 'web' }} />)
    expect(screen.getByText('web')).toBeTruthy()
    expect(screen.getByText('vng-1a2b')).toBeTruthy()
  })
})

describe('the state of a run', () => {
  it('does not look like success when it completed and moved nothing', () => {
    render(<RunStatusBadge status="COMPLETED" counts={none} />)
    expect(screen.getByText('Completed, nothing moved')).toBeTruthy()
  })

  it('says so too when it failed before anything had moved', () => {
    render(<RunStatusBadge status="FAILED" counts={none} />)
    expect(screen.getByText('Failed, nothing moved')).toBeTruthy()
  })

  it('shows a status outside the vendor’s list verbatim', () => {
    render(
      <>
        <RunStatusBadge status="ROLLING_BACK" />
        <NodeStatusBadge status={'LOST\u202eX'} />
      </>,
    )
    expect(screen.getByText('Unknown (ROLLING_BACK)')).toBeTruthy()
    expect(screen.getByText('Unknown (LOST[U+202E]X)')).toBeTruthy()
  })
})

describe('the outcome bar', () => {
  it.each(['IN_PROGRESS', 'TO_BE_REPLACED', 'REPLACED', 'DID_NOT_REPLACE', 'COULD_NOT_BE_REPLACED'])('names %s as the row of a node does', (status) => {
    expect(outcomeLook[outcomeOf(status)].word).toBe(nodeLabel(status).toLowerCase())
  })

  it('reads out every outcome on its own', () => {
    render(<OutcomeBar counts={{ ...none, total: 14, moved: 4, failed: 1 }} />)
    expect(screen.getByRole('img', { name: '4 moved, 9 skipped and 1 failed' })).toBeTruthy()
  })

  it('names zero for what matters', () => {
    render(<OutcomeLegend counts={none} />)
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['0 moved', '9 skipped', '0 failed'])
  })
})
