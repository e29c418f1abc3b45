import { expect, it } from 'vitest'
import { fixOf } from '@/components/domain/finding-fix'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { FindingId } from '@/lib/domain/readiness/finding'

const web: NodeMatch = { kind: 'vng', vngId: 'vng-1', vngName: 'web' }
const fix = (id: FindingId, match: NodeMatch = web) => fixOf(id, { clusterId: 'o-1', nodeName: 'node-a', match })

it('leads from a finding to the group that cures it', () => {
  expect(fix('no-vng-match', { kind: 'none' })).toEqual({ label: 'Fix…', href: '/clusters/o-1/vngs?create=nodes&nodes=node-a' })
  expect(fix('vng-full')).toEqual({ label: 'Edit web…', href: '/clusters/o-1/vngs?edit=vng-1' })
  expect(fix('isolation-lost'), 'filled in with what the node has').toEqual({ label: 'Edit web…', href: '/clusters/o-1/vngs?edit=vng-1&nodes=node-a' })
  expect(fix('fits-no-vng')).toEqual({ label: 'Open node groups', href: '/clusters/o-1/vngs' })
})

it('opens the list where no one group is meant, and nothing where a group cures nothing', () => {
  expect(fix('no-zone', { kind: 'default' })?.label).toBe('Open node groups')
  expect(fix('pdb-allows-none')).toBeNull()
})
