import { describe, expect, test } from 'vitest'
import { effectsOn, expectedSkips } from '@/lib/domain/plan/effects'
import { budget, node, planFacts, pods } from './build'

const facts = planFacts({
  budgets: [budget('shop/web-pdb', 0), budget('shop/api-pdb', 2)],
  workloads: ['Deployment shop/web', 'Deployment shop/api'],
  nodes: [
    node('a', { pods: pods({ moved: 4, budgets: [{ budget: 0, pods: 2, refused: 2, workloads: [0] }, { budget: 1, pods: 1, refused: 0, workloads: [1] }], workloads: [0, 1] }) }),
    node('b', { pods: pods({ moved: 3, standalone: ['shop/once'], restricted: ['shop/keep'], restrictedWorkloads: [1], workloads: [1] }) }),
    node('c', { pods: pods({ inTwoBudgets: ['shop/both'] }) }),
    node('other', { pods: pods({ moved: 99, standalone: ['shop/elsewhere'] }) }),
  ],
})
const selection = ['a', 'b', 'c']

describe('what the options meet on the selection', () => {
  test('pods, workloads and budgets of the selected nodes, and of no other', () => {
    expect(effectsOn(new Set(selection), facts)).toEqual({
      moved: { pods: 10, workloads: ['Deployment shop/api', 'Deployment shop/web'] },
      budgets: {
        all: [
          { ...budget('shop/api-pdb', 2), pods: 1, refused: 0, nodes: ['a'], workloads: ['Deployment shop/api'] },
          { ...budget('shop/web-pdb', 0), pods: 2, refused: 2, nodes: ['a'], workloads: ['Deployment shop/web'] },
        ],
        refusing: [{ ...budget('shop/web-pdb', 0), pods: 2, refused: 2, nodes: ['a'], workloads: ['Deployment shop/web'] }],
        inTwo: { pods: ['shop/both'], nodes: ['c'] },
        blockedNodes: ['a', 'c'],
      },
      restricted: { pods: ['shop/keep'], nodes: ['b'], workloads: ['Deployment shop/api'] },
      standalone: { pods: ['shop/once'], nodes: ['b'] },
    })
  })

  test('without Kubernetes nothing is said', () => {
    const unread = planFacts({ nodes: [node('a', { pods: null })], kubernetes: { isConnected: false, arePodsRead: false, areBudgetsRead: false, autoscalers: null, poolScaling: { state: 'not-read', why: null } } })
    expect(effectsOn(new Set(['a']), unread)).toEqual({ moved: null, budgets: null, restricted: null, standalone: null })
    expect(expectedSkips(['a'], unread, { respectPdb: true, respectRestrictScaleDown: true, shouldEvictStandalonePods: false })).toBeNull()
  })

  test('a node that the facts do not hold makes the count unknown, not smaller', () => {
    expect(effectsOn(new Set(['a', 'new']), facts).moved).toBeNull()
  })

  test('pods are told although budgets could not be read', () => {
    const { budgets, standalone } = effectsOn(new Set(selection), { ...facts, kubernetes: { ...facts.kubernetes, areBudgetsRead: false } })
    expect(budgets).toBeNull()
    expect(standalone?.pods).toEqual(['shop/once'])
  })
})

describe('nodes that the options leave where they are', () => {
  const none = { respectPdb: false, respectRestrictScaleDown: false, shouldEvictStandalonePods: true }
  test.each([
    ['nothing is respected', none, []],
    ['budgets are respected', { ...none, respectPdb: true }, [['a', 'PDB shop/web-pdb allows no disruption now.'], ['c', 'shop/both under two budgets.']]],
    ['restrict scale down is respected', { ...none, respectRestrictScaleDown: true }, [['b', 'restrict scale down on shop/keep.']]],
    ['stand-alone pods stay', { ...none, shouldEvictStandalonePods: false }, [['b', 'stand-alone shop/once.']]],
    ['both of the last', { ...none, respectRestrictScaleDown: true, shouldEvictStandalonePods: false }, [['b', 'restrict scale down on shop/keep; stand-alone shop/once.']]],
  ])('%s', (_, options, expected) => {
    expect(expectedSkips(selection, facts, options)?.map(({ nodeName, reason }) => [nodeName, reason])).toEqual(expected)
  })
})
