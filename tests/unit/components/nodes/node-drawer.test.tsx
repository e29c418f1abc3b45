// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { NodeDrawer } from '@/components/nodes/drawer/node-drawer'
import { TooltipProvider } from '@/components/ui/tooltip'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { holdsQuery } from '@/lib/queries/holds'
import { ProblemError } from '@/lib/queries/problem-error'
import { nodeQuery } from '@/lib/queries/readiness'

afterEach(cleanup)

const detail: NodeDetail = { nodeName: 'a', poolName: 'p', runningPods: 1, match: { kind: 'none' }, own: null, groups: [], readiness: 'ready', findings: [], about: 0, pods: null, reported: null, fetchedAtMs: Date.now() - 90_000 }

const drawer = (error: Error | null) => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(holdsQuery('o-1').queryKey, { holds: [], fetchedAtMs: 0 })
  client.setQueryData(nodeQuery('o-1', 'a').queryKey, detail)
  if (error) client.getQueryCache().find(nodeQuery('o-1', 'a'))?.setState({ error, status: 'error' })
  render(
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <NodeDrawer clusterId="o-1" nodeName="a" row={undefined} tab="capacity" onTab={() => undefined} onClose={() => undefined} />
      </TooltipProvider>
    </QueryClientProvider>,
  )
  return document.body.textContent
}

test('the facts of a node stand with their age, and a reading that failed since is told beside them', () => {
  const fine = drawer(null)
  expect(fine).toMatch(/read 1 min/)
  expect(fine).not.toContain('Not up to date')
  cleanup()
  const old = drawer(new ProblemError({ code: 'upstream_failed', title: '', detail: 'Spot answered with an error.', requestId: 'req-1' }))
  expect(old).toMatch(/read 1 min/)
  expect(old).toContain('Not up to date. Spot answered with an error. What stands here is from the last answer. Request id req-1')
  expect(old).toContain('Get Cluster Nodes does not list this node')
})
