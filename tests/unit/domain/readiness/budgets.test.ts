import { describe, expect, it } from 'vitest'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { overdrawnBudgets } from '@/lib/domain/readiness/budget-rules'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { factsOf, findingsOf, idsOf, pdb, pod, withKube } from './facts'

const none = pdb({ disruptionsAllowed: 0, currentHealthy: 3, desiredHealthy: 3 })
const ignoring = { respectPdb: false, respectRestrictScaleDown: false, shouldEvictStandalonePods: true }

describe('Pod Disruption Budgets', () => {
  it('that allow no disruption are named with their numbers and pods', () => {
    expect(findingsOf(withKube({ pods: [pod(), pod({ name: 'web-2' })], pdbs: [none] }))).toMatchObject([
      { id: 'pdb-allows-none', severity: 'blocker', sentence: 'PDB shop/web-pdb allows no disruption (3 of 3 pods healthy, 3 needed). Its pods here: shop/web-1, shop/web-2.' },
    ])
    expect(idsOf(withKube({ pods: [pod()], pdbs: [pdb()] }))).toEqual([])
    expect(idsOf({ kube: null })).toEqual([])
  })

  it('block when they are respected and do not when they are not', () => {
    const findings = findingsOf(withKube({ pods: [pod()], pdbs: [none] }))
    expect(readinessOf(findings)).toBe('needs-validation')
    expect(readinessOf(findings, { ...ignoring, respectPdb: true })).toBe('unable')
    expect(readinessOf(findings, ignoring)).toBe('ready')
  })

  it('cover the pods of their own namespace that all of the selector fits', () => {
    const idsWith = (selector: typeof none.selector, namespace = 'shop') => idsOf(withKube({ pods: [pod()], pdbs: [{ ...none, selector, namespace }] }))
    const expression = (key: string, operator: string, values: string[]) => ({ matchLabels: {}, matchExpressions: [{ key, operator, values }] })
    expect(idsWith({ matchLabels: {}, matchExpressions: [] })).toEqual(['pdb-allows-none'])
    expect(idsWith(null)).toEqual([])
    expect(idsWith({ matchLabels: { app: 'web' }, matchExpressions: [] }, 'other')).toEqual([])
    expect(idsWith({ matchLabels: { app: 'web', tier: 'x' }, matchExpressions: [] })).toEqual([])
    expect(idsWith(expression('app', 'In', ['web', 'api']))).toEqual(['pdb-allows-none'])
    expect(idsWith(expression('app', 'NotIn', ['web']))).toEqual([])
    expect(idsWith(expression('app', 'Exists', []))).toEqual(['pdb-allows-none'])
    expect(idsWith(expression('app', 'DoesNotExist', []))).toEqual([])
  })

  it('that are two over one pod are refused whatever they allow', () => {
    const pdbs = [pdb(), pdb({ name: 'second' })]
    expect(findingsOf(withKube({ pods: [pod()], pdbs }))).toMatchObject([{ id: 'two-pdbs', sentence: expect.stringContaining('shop/second, shop/web-pdb') }])
    expect(idsOf(withKube({ pods: [pod({ labels: { app: 'other' } })], pdbs }))).toEqual([])
  })

  it('used up by pods that are not ready say which', () => {
    const weak = pdb({ disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2 })
    const pods = [pod(), pod({ name: 'web-2', nodeName: 'node-b', isReady: false })]
    expect(findingsOf(withKube({ pods, pdbs: [weak] })).map(({ id, sentence }) => [id, sentence])).toEqual([
      ['pdb-allows-none', expect.any(String)],
      ['unready-behind-pdb', 'Pods that are not ready use up PDB shop/web-pdb (web-2).'],
    ])
  })

  it('let a pod that is not ready go where Kubernetes does', () => {
    const sick = [pod({ isReady: false })]
    const idsWith = (change: Parameters<typeof pdb>[0]) => idsOf(withKube({ pods: sick, pdbs: [pdb({ disruptionsAllowed: 0, ...change })] }))
    expect(idsWith({ currentHealthy: 2, desiredHealthy: 2 })).toEqual([])
    expect(idsWith({ currentHealthy: 1, desiredHealthy: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' })).toEqual([])
    expect(idsWith({ currentHealthy: 1, desiredHealthy: 2 })).toEqual(['pdb-allows-none', 'unready-behind-pdb'])
  })

  it('are overdrawn by the nodes of one batch together, though by none alone', () => {
    const pods = ['a', 'b', 'c'].map((name) => pod({ name, nodeName: `node-${name}` }))
    const index = indexKube(factsOf({ pods, pdbs: [pdb()] }))
    expect(overdrawnBudgets(index, ['node-a', 'node-b'])).toMatchObject([
      { id: 'pdb-overdrawn', sentence: 'PDB shop/web-pdb allows 1 disruption and has 2 pods on the nodes of one batch: node-a, node-b.' },
    ])
    expect(overdrawnBudgets(index, ['node-a'])).toEqual([])
    const fixed = pods.map((one) => ({ ...one, owner: { kind: 'DaemonSet', name: 'web' } }))
    expect(overdrawnBudgets(indexKube(factsOf({ pods: fixed, pdbs: [pdb()] })), ['node-a', 'node-b'])).toEqual([])
    expect(overdrawnBudgets(indexKube(factsOf({ pods, pdbs: [none] })), ['node-a', 'node-b'])).toEqual([])
    expect(overdrawnBudgets(indexKube({ ...factsOf({ pods }), pdbs: { state: 'not-read' } }), ['node-a', 'node-b'])).toEqual([])
  })
})
