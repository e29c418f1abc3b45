import 'server-only'
import type { NodeDetail, NodePod } from '@/lib/contract/node-detail'
import { kubeKinds, type KubePod } from '@/lib/domain/kube-facts'
import { explainAnswer, type MatchAnswer, type MatchReport } from '@/lib/domain/matching/explain-match'
import { createForecast, podToLand } from '@/lib/domain/matching/forecast'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { matchToGoBy, type Groups } from '@/lib/domain/matching/matcher'
import { taintText } from '@/lib/domain/matching/taints'
import type { Finding } from '@/lib/domain/readiness/finding'
import type { Hit } from '@/lib/domain/readiness/hit'
import { fullName, isMoved, type KubeIndex } from '@/lib/domain/readiness/kube-index'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import { findingOf } from '@/lib/domain/readiness/rules'
import { AppError } from '@/lib/errors'
import type { SpotNode } from '@/lib/spot/schemas/node'
import { readClusterFacts } from './cluster-facts'
import type { Verb } from './context'
import { createTable, namedMatch } from './node-facts'

const gone = (nodeName: string) =>
  new AppError('not_found', { detail: `Spot does not list ${nodeName} among the nodes that can be migrated. It may have been moved or deleted since the page was read.` })

const nodesByVng = (nodes: readonly SpotNode[] | null): ReadonlyMap<string, number> | null => {
  if (nodes === null) return null
  const counts = new Map<string, number>()
  for (const { virtualNodeGroupId: id } of nodes) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

const safetyOf = (safety: MatchAnswer['defaultSafety']): NonNullable<NodeDetail['own']>['defaultSafety'] =>
  safety === null ? null : { state: safety.state, labels: { ...safety.burden?.labels }, taints: (safety.burden?.taints ?? []).map(taintText) }

const matchOf = (report: MatchReport | null, nodeName: string, nodes: readonly SpotNode[] | null): Pick<NodeDetail, 'own' | 'groups'> => {
  const answer = report?.answerOf(nodeName) ?? null
  if (report === null || answer === null) return { own: null, groups: [] }
  const { verdict, podTimeVerdict, isPodTimeDifferent, defaultSafety } = answer
  const { all } = explainAnswer(answer, report.matcher, nodesByVng(nodes))
  return { own: { verdict, podTimeVerdict, isPodTimeDifferent, agreement: report.agreementOf(nodeName), defaultSafety: safetyOf(defaultSafety) }, groups: all }
}

type Table = ReturnType<typeof createTable<Finding>>

type NodeInQuestion = { nodeName: string; match: NodeMatch; hits: readonly Hit[]; groups: Groups | null }

const podsOf = (kube: KubeIndex, { nodeName, match, hits, groups }: NodeInQuestion, table: Table): NodeDetail['pods'] => {
  if (kube.facts.pods.state === 'failed') return { problem: `${kube.facts.pods.sentence} ${kube.facts.pods.remedy}` }
  const byPod = new Map<string, number[]>()
  for (const { podName, id, detail } of hits) {
    const place = table.place(`pod\n${id}\n${detail}`, () => findingOf(id, detail, [podName]))
    byPod.set(podName, [...(byPod.get(podName) ?? []), place])
  }
  const forecast = groups === null ? null : createForecast(groups)
  const areClaimsRead = kube.facts.claims.state === 'read'
  /** A volume that was not read may tie its pod to a zone. */
  const landingFor = (pod: KubePod): NodePod['landing'] => {
    const said = (forecast as NonNullable<typeof forecast>)(podToLand(pod, kube.claims), match)
    return areClaimsRead || !pod.volumes.some(({ kind }) => kind === 'claim') ? said : { ...said, isCertain: false }
  }
  const items = (kube.podsByNode.get(nodeName) ?? []).map(
    (pod): NodePod => ({
      namespace: pod.namespace,
      name: pod.name,
      owner: pod.owner,
      isReady: pod.isReady,
      isMoved: isMoved(pod),
      pdbs: (kube.pdbsOf.get(pod) ?? []).map((pdb) => ({ name: fullName(pdb), disruptionsAllowed: pdb.disruptionsAllowed })),
      landing: forecast !== null && isMoved(pod) ? landingFor(pod) : null,
      findings: byPod.get(fullName(pod)) ?? [],
    }),
  )
  const unread = kubeKinds.filter((kind) => kube.facts[kind].state !== 'read')
  return { unread, items: items.sort((a, b) => Number(b.isMoved) - Number(a.isMoved) || (fullName(a) < fullName(b) ? -1 : 1)) }
}

/** One node against every group, with its pods and what stands in its way. Throws `not_found` when discovery does not list it. */
export const getNode: Verb<{ clusterId: string; nodeName: string; isFresh: boolean }, NodeDetail> = async ({ ctx, input }) => {
  const { spot, kube, report, groups, assessment } = await readClusterFacts(ctx, input)
  const { nodeName } = input
  const found = spot.discovery.data.find((node) => node.nodeName === nodeName)
  if (found === undefined) throw gone(nodeName)
  const nodes = spot.reported.data?.data ?? null
  const { findings, hits } = assessment.nodes.get(nodeName) ?? { findings: [], hits: [] }
  const table = createTable<Finding>()
  for (const finding of findings) table.place(`${finding.id}\n${finding.sentence}`, () => finding)
  const about = table.values.length
  const names = new Map(spot.vngs.data?.data.map(({ id, name }) => [id, name]))
  const match = namedMatch(found.match, names)
  const pods = kube === null ? null : podsOf(kube, { nodeName, match: matchToGoBy(match, report?.answerOf(nodeName)?.verdict), hits, groups }, table)
  return {
    nodeName,
    poolName: found.nodePoolName,
    runningPods: found.runningPods,
    match,
    ...matchOf(report, nodeName, nodes),
    readiness: readinessOf(findings),
    findings: table.values,
    about,
    pods,
    reported: nodes?.find((node) => node.nodeName === nodeName) ?? null,
    fetchedAtMs: spot.discovery.fetchedAtMs,
  }
}
