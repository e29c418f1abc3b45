import type { KubePdb, KubePod } from '@/lib/domain/kube-facts'
import { assessCluster } from '@/lib/domain/readiness/assess-cluster'
import { indexKube } from '@/lib/domain/readiness/kube-index'
import { clusterOf, constraints, factsOf, pdb, pod, reported, vng } from '@/tests/unit/domain/readiness/facts'
import { median, ratio } from './measure'

const nodes = 2000
const podsPerNode = 30
const workloads = 3000
const budgets = 1500
const groups = 40
const turns = 5

/** Every pod has constraints of its own, which is the worst case; the reader makes them share. */
const podAt = (node: number, at: number): KubePod => {
  const name = `w-${(node * podsPerNode + at) % workloads}`
  return pod({ name: `${name}-${node}-${at}`, nodeName: `node-${node}`, owner: { kind: 'Deployment', name }, labels: { app: name, tier: 'web', 'pod-template-hash': 'x' }, volumes: at % 3 === 0 ? [{ kind: 'emptyDir' }] : [], constraints: constraints() })
}

const pdbOf = (at: number): KubePdb => pdb({ name: `pdb-${at}`, selector: { matchLabels: { app: `w-${at}` }, matchExpressions: [] }, disruptionsAllowed: at % 10 === 0 ? 0 : 1 })

const timed = (act: () => unknown): number => {
  const start = performance.now()
  act()
  return performance.now() - start
}

/** What the findings of a large cluster cost, in reads of its pods' JSON in the same run. */
export const benchReadiness = () => {
  const names = Array.from({ length: nodes }, (_, at) => `node-${at}`)
  const facts = factsOf({
    pods: names.flatMap((_, node) => Array.from({ length: podsPerNode }, (__, at) => podAt(node, at))),
    pdbs: Array.from({ length: budgets }, (_, at) => pdbOf(at)),
  })
  const input = clusterOf({
    nodes: names.map((nodeName) => ({ nodeName, match: { kind: 'vng', vngId: 'vng-0', vngName: 'web-0' }, isMatchKnown: true })),
    reported: names.map((nodeName) => reported({ nodeName })),
    vngs: Array.from({ length: groups }, (_, at) => vng({ id: `vng-${at}`, name: `web-${at}` })),
    limits: null,
  })
  const text = JSON.stringify(facts)
  const rounds = Array.from({ length: turns }, () => ({ parseMs: timed(() => JSON.parse(text)), assessMs: timed(() => assessCluster({ ...input, kube: indexKube(facts) })) }))
  const parseMs = median(rounds.map((round) => round.parseMs))
  const assessMs = median(rounds.map((round) => round.assessMs))
  return { nodes, pods: nodes * podsPerNode, budgets, groups, parseMs, assessMs, assessToParse: ratio(assessMs, parseMs) }
}

export const readinessLine = ({ nodes: count, pods, assessMs, assessToParse }: ReturnType<typeof benchReadiness>): string =>
  `findings of ${count} nodes and ${pods} pods: ${Math.round(assessMs)} ms, ${assessToParse} x reading the pods' JSON`
