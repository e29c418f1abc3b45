// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { LaunchOutcome } from '@/components/wizard/launch-outcome'
import type { LaunchState } from '@/lib/contract/launch-answer'

afterEach(cleanup)

const answer = (state: LaunchState) => ({ launchId: 'l-1', clusterId: 'o-1', state, mark: '1f3a9c07', migrationId: null, startedBy: 'Ada', createdAtMs: 0, problem: null })

test('a launch that is not in Spot’s list can be launched again, by a decision', () => {
  const startOver = vi.fn()
  render(<LaunchOutcome answer={answer('not_found')} onStartOver={startOver} />)
  expect(screen.getByRole('alert').textContent).toContain('Spot’s list does not show this migration.')
  expect(startOver).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('button', { name: 'Review and launch again' }))
  expect(startOver).toHaveBeenCalledOnce()
})

test.each<LaunchState>(['pending', 'sent', 'unknown'])('a launch that is %s offers no second one', (state) => {
  render(<LaunchOutcome answer={answer(state)} onStartOver={() => {}} />)
  expect(screen.queryByRole('button')).toBeNull()
})
