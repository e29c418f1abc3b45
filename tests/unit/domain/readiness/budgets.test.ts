import { describe, expect, it } from 'vitest'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { findingsOf, idsOf, pdb, pod, withKube } from './facts'

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
      ['unready-behind-pdb', 'Unready pods use up PDB shop/web-pdb (web-2).'],
    ])
  })

  it('let a pod that is not ready go where Kubernetes does', () => {
    const sick = [pod({ isReady: false })]
    const idsWith = (change: Parameters<typeof pdb>[0]) => idsOf(withKube({ pods: sick, pdbs: [pdb({ disruptionsAllowed: 0, ...change })] }))
    expect(idsWith({ currentHealthy: 2, desiredHealthy: 2 })).toEqual([])
    expect(idsWith({ currentHealthy: 1, desiredHealthy: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' })).toEqual([])
    expect(idsWith({ currentHealthy: 1, desiredHealthy: 2 })).toEqual(['pdb-allows-none', 'unready-behind-pdb'])
  })

  it('that need no healthy pod hold one that is not ready, and hold nothing that has not started', () => {
    const idsWith = (phase: string, desiredHealthy: number) => idsOf(withKube({ pods: [pod({ phase, isReady: false })], pdbs: [pdb({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy })] }))
    expect(idsWith('Running', 0)).toEqual(['pdb-allows-none', 'unready-behind-pdb'])
    expect([idsWith('Pending', 0), idsWith('Pending', 1)]).toEqual([[], []])
    expect(idsOf(withKube({ pods: [pod({ phase: 'Pending', isReady: false })], pdbs: [pdb(), pdb({ name: 'second' })] }))).toEqual([])
  })
})
