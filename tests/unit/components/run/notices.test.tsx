// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { RunNotices } from '@/components/run/run-notices'
import { Paper } from '@/components/ui/paper'
import type { RunRecord } from '@/lib/contract/run'
import { foldRun } from '@/lib/domain/progress/state'

afterEach(cleanup)

const atMs = Date.UTC(2026, 10, 29, 18, 57, 19)
const state = foldRun([
  { seq: 1, atMs, kind: 'gap', body: { fromMs: atMs - 16_000, reason: 'Spot answered with an error of its own (503).' } },
  { seq: 2, atMs, kind: 'stop', body: { askedBy: 'ops-1' } },
])
const record = { run: { migrationId: 'scr-0000abcd', clusterId: 'o-1', source: 'slipway' } } as RunRecord

const notices = (isOver: boolean) => <RunNotices record={record} state={state} isOver={isOver} />
const gapReason = () => screen.getByText(/error of its own/)

describe('the notices of a run', () => {
  it('say who asked for a stop, and when, also once the run is over', () => {
    const { container, rerender } = render(notices(false))
    expect(container.textContent).toMatch(/Stopping\. ops-1 asked for a stop at \d\d:57:19\. The batch that is on ends first\./)
    rerender(notices(true))
    expect(container.textContent).toMatch(/Stop asked for by ops-1 at \d\d:57:19\./)
    expect(container.textContent).not.toContain('Stopping')
  })

  it('lead to the log where a run failed and its record tells no cause', () => {
    const facts = { status: 'FAILED', currentBatch: 1, numOfBatches: 2, progressPercentage: 10, completedAtMs: null, stoppedAtMs: null, erredAtMs: atMs }
    const failed = (message: string) => foldRun([{ seq: 1, atMs, kind: 'run', body: facts }, { seq: 2, atMs, kind: 'log', body: { loggedAtMs: atMs, severity: 'ERROR', message } }])
    render(<RunNotices record={record} state={failed('Batch 1 started')} isOver />)
    expect(screen.getByText('The log of this run names no documented cause.')).toBeDefined()
    expect(screen.getByRole('link', { name: 'Read the log around the end again' }).getAttribute('href')).toBe(`/clusters/o-1/log?from=${atMs - 900_000}&to=${atMs + 600_000}`)
    cleanup()
    render(<RunNotices record={record} state={foldRun([{ seq: 1, atMs, kind: 'run', body: facts }])} isOver />)
    expect(screen.getByText('No line of this run’s log was read, so its cause is not known.')).toBeDefined()
    cleanup()
    render(<RunNotices record={record} state={failed('The migration has failed due to technical timeout.')} isOver />)
    expect(screen.queryByText('The log of this run names no documented cause.')).toBeNull()
  })

  it('say that a stop did not take effect once a later batch has begun, and to ask again', () => {
    const facts = { status: 'IN_PROGRESS', currentBatch: 2, numOfBatches: 5, progressPercentage: 20, completedAtMs: null, stoppedAtMs: null, erredAtMs: null }
    const despite = foldRun([
      { seq: 1, atMs: atMs - 60_000, kind: 'run', body: facts },
      { seq: 2, atMs, kind: 'stop', body: { askedBy: 'ops-1' } },
      { seq: 3, atMs: atMs + 300_000, kind: 'run', body: { ...facts, currentBatch: 3 } },
    ])
    const { container } = render(<RunNotices record={record} state={despite} isOver={false} />)
    expect(container.textContent).toMatch(/A stop was asked for at \d\d:57:19 by ops-1, and Spot has begun batch 3 since: it did not take effect\. Ask again\./)
    expect(container.textContent).not.toContain('Stopping')
  })

  it('tell a controller that Spot does not call active from one that is silent, while the run is on', () => {
    const heard = (of: 'stale' | 'inactive') => foldRun([{ seq: 1, atMs, kind: 'heartbeat', body: { state: of, status: 'DEGRADED', lastHeartbeatMs: atMs } }])
    const textOf = (of: 'stale' | 'inactive', isOver: boolean) => render(<RunNotices record={record} state={heard(of)} isOver={isOver} />).container.textContent
    expect(textOf('inactive', false)).toMatch(/Spot says DEGRADED of the controller\. ?It last reported at \d\d:57:19, so it is not silent\./)
    expect(textOf('stale', false)).toMatch(/The controller is silent\. ?Spot last heard/)
    expect(textOf('inactive', true)).not.toContain('controller')
  })

  it('are unfolded on paper, with the date and zone of every time', () => {
    render(notices(true))
    expect(gapReason().closest('details')?.open).toBe(false)
    cleanup()
    const paper = render(<Paper>{notices(true)}</Paper>).container
    expect(gapReason().closest('details')?.open).toBe(true)
    expect(paper.textContent).toMatch(/ops-1 at \d+ Nov 2026, \d\d:57:19 \S+\./)
  })
})
