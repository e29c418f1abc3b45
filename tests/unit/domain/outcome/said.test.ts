import { expect, test } from 'vitest'
import { saidOf } from '@/lib/domain/outcome/said'

const line = (severity: string, message: string) => ({ loggedAtMs: 0, severity, message })
const node = 'aks-npdata-75439518-vmss00000b'

test('a node is told what stood in its way in the words of the last warning that names it', () => {
  const log = [
    line('INFO', `Draining node ${node}: 12 pods to evict.`),
    line('WARN', `Node ${node} is slow.`),
    line('WARN', `Node ${node} was not replaced: Pod Disruption Budget pg-main-pdb allowed no disruption before the draining timeout.`),
    line('WARN', `Node ${node}9 was not replaced: a pod on it restricts scale down.`),
    line('ERROR', 'Node other could not be replaced: no healthy replacement became available in time.'),
  ]
  expect([...saidOf(log, new Set([node, 'other', 'silent']))]).toEqual([
    [node, 'Pod Disruption Budget pg-main-pdb allowed no disruption before the draining timeout.'],
    ['other', 'No healthy replacement became available in time.'],
  ])
})

test('a line that does not begin with the node is told as it is', () => {
  expect(saidOf([line('ERROR', `Timeout: ${node} did not drain`)], new Set([node])).get(node)).toBe(`Timeout: ${node} did not drain`)
})
