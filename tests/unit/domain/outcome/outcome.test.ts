import { expect, test } from 'vitest'
import { causeOf } from '@/lib/domain/outcome/causes'
import { nodeRemedy, runHeadline } from '@/lib/domain/outcome/headline'

test.each([
  ['The migration has failed due to connectivity issues. Make sure the Spotinst controller is installed and working properly.', 'connectivity'],
  ['The migration has failed due to the inability to spin up enough new nodes. Make sure all required Virtual Node Groups are configured.', 'no-capacity'],
  ['The migration has failed due to technical timeout.', 'timeout'],
  ['The migration has failed due to the failure to schedule pods for new nodes.', 'pods-unscheduled'],
  ['The migration has failed due to failure to terminate old nodes.', 'terminate'],
  ['The migration has failed due to the failure to terminate old nodes during the migration Stop process.', 'terminate-on-stop'],
  ['The migration has stopped due to failure to reschedule old nodes during the migration stop process.', 'uncordon-on-stop'],
])('the vendor sentence "%s" is recognised', (sentence, id) => {
  expect(causeOf(sentence)?.id).toBe(id)
})

test('other log lines have no cause', () => {
  expect(causeOf('Draining node aks-npweb-1: 12 pods to evict.')).toBeNull()
})

const counts = { total: 9, moved: 0, moving: 0, toGo: 0, skipped: 9, failed: 0, untouched: 0, unknown: 0 }

test('a completed run that moved nothing says so and is not green', () => {
  expect(runHeadline('COMPLETED', counts)).toBe('Completed, nothing moved')
})

test('a run whose nodes have statuses outside the list does not say that nothing moved', () => {
  expect(runHeadline('COMPLETED', { ...counts, skipped: 1, unknown: 8 })).toBe('Completed, 8 nodes in an unknown state')
})

test('a run that moved is named by its status', () => {
  expect(runHeadline('COMPLETED', { ...counts, moved: 9, skipped: 0 })).toBe('Completed')
})

test('each kind of node that did not move has its next step, moved ones have none', () => {
  expect(nodeRemedy('NOT_REPLACED_DUE_TO_PDB', 1)?.sentence).toContain('Disruption Budget')
  expect(nodeRemedy('NOT_REPLACED_DUE_TO_RSD', 1)?.sentence).toContain('restricts scale down')
  expect(nodeRemedy('COULD_NOT_BE_REPLACED', 1)).not.toBeNull()
  expect(nodeRemedy('REPLACED', 1)).toBeNull()
  expect(nodeRemedy('NOT_REPLACED_DUE_TO_RSD', 3)?.sentence).toBe('A pod on each of them restricts scale down.')
})
