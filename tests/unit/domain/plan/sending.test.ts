import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlanNode } from '@/lib/domain/plan/partition'
import { sendingOf } from '@/lib/domain/plan/sending'

const node = (nodeName: string, poolName: string, readiness: PlanNode['readiness'] = 'ready'): PlanNode => ({ nodeName, poolName, readiness, runningPods: 1, findings: [] })
const [a1, a2, b1, b2] = [node('a1', 'a'), node('a2', 'a'), node('b1', 'b'), node('b2', 'b')]
const all = [a1, a2, b1, b2]

test('whole pools are sent as pools where that is asked for, and only there', () => {
  expect(sendingOf({ willMove: [b2, a1, b1, a2], nodes: all, isByPoolWanted: true })).toEqual({ poolNames: ['a', 'b'], gaps: [], canBeByPool: true, isByPoolWanted: true, sentPools: ['a', 'b'] })
  expect(sendingOf({ willMove: all, nodes: all, isByPoolWanted: false })).toMatchObject({ canBeByPool: true, sentPools: null })
  expect(sendingOf({ willMove: [a1, a2], nodes: all, isByPoolWanted: true })).toMatchObject({ sentPools: ['a'] })
})

test('one node that the plan leaves out keeps its pool, and all others, from being sent as pools', () => {
  expect(sendingOf({ willMove: [a1, a2, b1], nodes: all, isByPoolWanted: true })).toMatchObject({ canBeByPool: false, sentPools: null, gaps: [{ poolName: 'b', notSelected: ['b2'], held: [], unable: [] }] })
  const stuck = [node('a3', 'a', 'held'), node('a4', 'a', 'unable'), node('a5', 'a', 'needs-validation')]
  expect(sendingOf({ willMove: [a1, a2], nodes: [...all, ...stuck], isByPoolWanted: true })).toMatchObject({ sentPools: null, gaps: [{ poolName: 'a', notSelected: ['a5'], held: ['a3'], unable: ['a4'] }] })
})

test('an empty plan, and nodes of no known pool, are never sent as pools', () => {
  expect(sendingOf({ willMove: [], nodes: all, isByPoolWanted: true }).sentPools).toBeNull()
  const nowhere = node('x', '')
  expect(sendingOf({ willMove: [nowhere], nodes: [nowhere], isByPoolWanted: true })).toMatchObject({ gaps: [], canBeByPool: false, sentPools: null })
})

test('the nodes of the pools that are sent are exactly those of the plan', () => {
  const many = fc.array(fc.record({ poolName: fc.constantFrom('a', 'b', 'c', ''), readiness: fc.constantFrom<PlanNode['readiness'][]>('ready', 'held', 'unable', 'needs-validation'), isChosen: fc.boolean() }), { maxLength: 12 })
  fc.assert(
    fc.property(many, (rows) => {
      const nodes = rows.map(({ poolName, readiness }, index) => node(String(index), poolName, readiness))
      const willMove = nodes.filter((_, index) => rows[index]?.isChosen === true && ['ready', 'needs-validation'].includes(rows[index].readiness))
      const { sentPools } = sendingOf({ willMove, nodes, isByPoolWanted: true })
      const wholePools = willMove.length > 0 && nodes.every((each) => willMove.includes(each) || !willMove.some(({ poolName }) => poolName === each.poolName)) && willMove.every(({ poolName }) => poolName !== '')
      expect(sentPools !== null).toBe(wholePools)
      if (sentPools !== null) expect(nodes.filter(({ poolName }) => sentPools.includes(poolName))).toEqual(willMove)
    }),
  )
})
