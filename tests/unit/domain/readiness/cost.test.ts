import { expect, it } from 'vitest'
import type { KubePdb, KubePod } from '@/lib/domain/kube-facts'
import { assessCluster } from '@/lib/domain/readiness/assess-cluster'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { clusterOf, constraints, factsOf, pdb, pod, reported, vng } from './facts'

const nodes = 2000
const podsPerNode = 30
const workloads = 3000

const podAt = (node: number, at: number): KubePod => {
  const name = `w-${(node * podsPerNode + at) % workloads}`
  return pod({ name: `${name}-${node}-${at}`, nodeName: `node-${node}`, owner: { kind: 'Deployment', name }, labels: { app: name, tier: 'web', 'pod-template-hash': 'x' }, volumes: at % 3 === 0 ? [{ kind: 'emptyDir' }] : [], constraints: constraints() })
}

const pdbOf = (at: number): KubePdb => pdb({ name: `pdb-${at}`, selector: { matchLabels: { app: `w-${at}` }, matchExpressions: [] }, disruptionsAllowed: at % 10 === 0 ? 0 : 1 })

// Every pod has constraints of its own here, which is the worst case; the reader makes them share.
it('assesses 2,000 nodes, 60,000 pods, 1,500 budgets and 40 groups for little more than their JSON costs to read', () => {
  const names = Array.from({ length: nodes }, (_, at) => `node-${at}`)
  const facts = factsOf({
    pods: names.flatMap((_, node) => Array.from({ length: podsPerNode }, (__, at) => podAt(node, at))),
    pdbs: Array.from({ length: 1500 }, (_, at) => pdbOf(at)),
  })
  const text = JSON.stringify(facts)
  const parseStart = performance.now()
  JSON.parse(text)
  const parseMs = performance.now() - parseStart
  const input = clusterOf({
    nodes: names.map((nodeName) => ({ nodeName, match: { kind: 'vng', vngId: 'vng-0', vngName: 'web-0' }, isMatchKnown: true })),
    reported: names.map((nodeName) => reported({ nodeName })),
    vngs: Array.from({ length: 40 }, (_, at) => vng({ id: `vng-${at}`, name: `web-${at}` })),
    limits: null,
  })
  const start = performance.now()
  const { nodes: assessed } = assessCluster({ ...input, kube: indexKube(facts) })
  const tookMs = performance.now() - start
  expect(assessed.size).toBe(nodes)
  expect([...assessed.values()].flatMap(({ hits }) => hits).filter(({ id }) => id === 'pdb-allows-none')).toHaveLength(3000)
  expect(tookMs, `JSON.parse took ${Math.round(parseMs)} ms, the assessment ${Math.round(tookMs)} ms`).toBeLessThan(parseMs * 5 + 200)
})
