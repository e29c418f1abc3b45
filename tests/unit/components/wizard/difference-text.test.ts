import { expect, test } from 'vitest'
import { differenceText } from '@/components/wizard/difference-text'
import type { PlanDifference } from '@/lib/domain/plan/differences'

test.each<[PlanDifference, string]>([
  [{ kind: 'gone', nodeNames: ['a'] }, '1 node is no longer offered for migration.'],
  [{ kind: 'managed', nodeNames: ['a', 'b'] }, '2 nodes are managed by Ocean already.'],
  [{ kind: 'added', nodeNames: ['a'] }, '1 node has joined what moves.'],
  [{ kind: 'match', from: 'web', to: 'none', nodeNames: ['a', 'b'] }, '2 nodes match no group now, before web.'],
  [{ kind: 'match', from: 'Default', to: 'web', nodeNames: ['a'] }, '1 node matches web now, before the template.'],
  [{ kind: 'finding', id: 'no-vng-match', from: null, to: 'blocker', nodeNames: ['a'] }, '“No VNG match” now applies to 1 node (blocks).'],
  [{ kind: 'finding', id: 'no-vng-match', from: 'warning', to: 'blocker', nodeNames: ['a'] }, '“No VNG match” on 1 node: blocks now, before a warning.'],
  [{ kind: 'group', vngId: 'vng-1', name: 'web' }, 'Node group web was changed.'],
  [{ kind: 'heartbeat', from: 'reporting', to: 'inactive' }, 'Spot no longer calls the controller active, though it still reports.'],
  [{ kind: 'heartbeat', from: 'reporting', to: 'stale' }, 'The controller has stopped reporting: without it the migration fails for lack of contact.'],
  [{ kind: 'around', around: 'rolls', names: ['scr-2', 'scr-3'] }, 'A roll is on: scr-2 and scr-3. Rolls and migrations drain nodes of the same cluster and compete for new ones.'],
  [{ kind: 'around', around: 'limits', names: ['100 vCPU in the cluster'] }, 'The limit is another: 100 vCPU in the cluster.'],
  [{ kind: 'not-read', facts: ['pods', 'pdbs'] }, 'Could not be read again in time: pods and Pod Disruption Budgets. What they showed may have changed.'],
])('%j reads as a sentence', (difference, sentence) => {
  expect(differenceText(difference)).toBe(sentence)
})
