import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CapacityTab } from '@/components/nodes/drawer/capacity-tab'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { node } from '@/lib/spot/schemas/node'

const reported = node.parse({
  nodeName: 'a',
  workloadRequestedMilliCpu: 1600,
  headroomRequestedMilliCpu: 250,
  allocatableMilliCpu: 1900,
  workloadRequestedMemoryInMiB: 5427,
  allocatableMemoryInMiB: 5632,
  workloadRequestedGpu: 1,
  allocatableGpu: 2,
})
const detail: NodeDetail = { nodeName: 'a', poolName: 'p', runningPods: 1, match: { kind: 'none' }, own: null, groups: [], readiness: 'ready', findings: [], about: 0, pods: null, reported, fetchedAtMs: 1 }

test('capacity is told to a tenth, so that a node with room left does not look full, to the eye and to a screen reader', () => {
  const markup = renderToStaticMarkup(<CapacityTab detail={detail} />)
  for (const text of ['1.6 vCPU of 1.9 vCPU requested', '5.3 GiB of 5.5 GiB requested', '1 of 2 requested']) {
    expect(markup).toContain(`aria-valuetext="${text}"`)
    expect(markup).toContain(`<span>${text}</span>`)
  }
  expect(markup).toContain('0.3 vCPU kept as headroom')
})
