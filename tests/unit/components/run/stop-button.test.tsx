// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { StopButton } from '@/components/run/stop-button'
// The button loads it when asked: what is waited for is the dialog, not its modules on a busy machine.
import '@/components/run/stop-dialog'
import { TooltipProvider } from '@/components/ui/tooltip'
import type { RunFacts } from '@/lib/domain/progress/change'
import { foldRun, noCounts } from '@/lib/domain/progress/state'

afterEach(cleanup)

const facts: RunFacts = { status: 'IN_PROGRESS', currentBatch: 2, numOfBatches: 5, progressPercentage: 20, completedAtMs: null, stoppedAtMs: null, erredAtMs: null }
const figures = { status: 'IN_PROGRESS', counts: noCounts(), isOver: false, startedAtMs: 0, endedAtMs: null }
const asked = foldRun([
  { seq: 1, atMs: 0, kind: 'run', body: facts },
  { seq: 2, atMs: 60_000, kind: 'stop', body: { askedBy: 'ops-1' } },
])

test('a stop can be asked for again, and the dialog says who asked before', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipProvider>
        <StopButton clusterId="o-1" migrationId="scr-1" figures={figures} state={asked} />
      </TooltipProvider>
    </QueryClientProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect((await screen.findByRole('dialog')).textContent).toMatch(/ops-1 asked for a stop at \d\d:01:00\. The batch that is on ends first\. Asking again does no harm\./)
  expect(screen.getByRole('button', { name: 'Stop the run' }).getAttribute('aria-disabled')).not.toBe('true')
})
