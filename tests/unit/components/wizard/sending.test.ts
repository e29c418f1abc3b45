import { expect, test } from 'vitest'
import { byNameHelp, byPoolHelp, notByPool, sendingText } from '@/components/wizard/sending-text'
import { makePlan } from '@/components/wizard/use-plan'
import { newDraftPreferences } from '@/lib/contract/draft'
import type { NodesAnswer } from '@/lib/contract/nodes'
import { poolsText } from '@/lib/format/pools'

const rows = ['a1', 'a2', 'b1', 'b2'].map((nodeName) => ({ nodeName, poolName: `np${nodeName[0]}`, runningPods: 3, match: { kind: 'default' as const }, readiness: 'ready' as const, findings: [], vmSize: null, zone: null, spec: null }))
const nodes: NodesAnswer = { nodes: rows, specs: [], findings: [], vngs: [], clusterNodes: 4, fetchedAtMs: 0, problems: [], drift: [] }
const planOf = (nodeNames: string[], sendAs?: 'nodes' | 'pools', answer = nodes) => makePlan(answer, { nodeNames, preferences: newDraftPreferences, sendAs })

test('a new plan is sent as nodes; the choice of a draft counts while its pools are whole', () => {
  expect(planOf(['a1', 'a2']).sending.sentPools).toBeNull()
  expect(planOf(['a1', 'a2'], 'nodes').sending.sentPools).toBeNull()
  expect(planOf(['a1', 'a2'], 'pools').sending.sentPools).toEqual(['npa'])
  expect(planOf(['a1'], 'pools').sending.sentPools).toBeNull()
})

test('a node that joins, or that becomes held or unable, ends it', () => {
  const joined = { ...nodes, nodes: [...rows, { ...rows[0]!, nodeName: 'a3' }] }
  expect(planOf(['a1', 'a2'], 'pools', joined).sending.sentPools).toBeNull()
  for (const readiness of ['held', 'unable'] as const) {
    const changed = { ...nodes, nodes: rows.map((row) => (row.nodeName === 'a2' ? { ...row, readiness } : row)) }
    expect(planOf(['a1', 'a2'], 'pools', changed).sending).toMatchObject({ isByPoolWanted: true, sentPools: null })
  }
})

test('every state is told in words', () => {
  const whole = planOf(['a1', 'a2', 'b1', 'b2'], 'pools')
  expect(notByPool(whole.sending)).toBeNull()
  expect(sendingText(whole.sending, 4)).toBe('Sent as node pools npa and npb: Spot takes every node that it finds in them when it starts.')
  expect(byPoolHelp(whole.sending)).toMatch(/^Spot takes every node that it finds in node pools npa and npb when it starts: one that joins .* moves too\. While somebody holds a node in them, the launch is refused\.$/)
  expect(byNameHelp(1)).toMatch(/^Exactly this node moves\./)
  const part = planOf(['a1', 'b1', 'b2'], 'pools')
  expect(notByPool(part.sending)).toBe('Not for this plan: it leaves out nodes of npa (1 not selected).')
  expect(sendingText(part.sending, 3)).toBe('Sent as 3 nodes by name.')
})

test('of many pools the first are named, and no name reorders the sentence', () => {
  expect(poolsText(['npa'])).toBe('node pool npa')
  expect(poolsText(['a', 'b', 'c', 'd', 'e'])).toBe('node pools a, b, c, d and e')
  expect(poolsText(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('node pools a, b, c, d and 3 more')
  expect(poolsText(['a\u202e'])).toBe('node pool a[U+202E]')
})
