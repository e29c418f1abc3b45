import type { FindingId } from '@/lib/domain/readiness/finding'
import { spotKey } from '@/lib/domain/matching/own-keys'
import { helmValues, kubectlPatch, kustomizeJson, kustomizeMerge, type PatchForm, type Target } from './patch'

export type Patch = { id: string; title: string; note: string; texts: Record<PatchForm, string> }

export type PatchedWorkload = {
  kind: string
  namespace: string
  name: string
  /** Budgets over its pods, as `namespace/name`. */
  pdbs: readonly { name: string; disruptionsAllowed: number }[]
  findingIds: ReadonlySet<FindingId>
}

const rollout = 'A changed pod template replaces the pods at once, not only when their nodes move.'
const chartNames = 'As most charts name it; look up the name in the chart’s own values.'

const toleration = { key: spotKey, operator: 'Equal', value: 'spot', effect: 'NoSchedule' }
const tolerationsPath = '/spec/template/spec/tolerations'

const ofPodSpec = <Part>(part: Part) => ({ spec: { template: { spec: part } } })

/** Adds the toleration of AKS spot nodes (Ocean AKS, Run workloads on spot nodes) and keeps those that are there. */
const spotToleration = (target: Target): Patch => ({
  id: 'spot-toleration',
  title: 'Tolerate spot nodes',
  note: `${rollout} With kubectl, the first command begins a list of tolerations and is refused where there is one; the second then adds to it.`,
  texts: {
    kubectl: [
      kubectlPatch(target, 'json', [
        { op: 'test', path: tolerationsPath, value: null },
        { op: 'add', path: tolerationsPath, value: [toleration] },
      ]),
      kubectlPatch(target, 'json', [{ op: 'add', path: `${tolerationsPath}/-`, value: toleration }]),
    ].join(' ||\n'),
    kustomize: kustomizeJson(target, [{ op: 'add', path: `${tolerationsPath}/-`, value: toleration }], 'Where there are no tolerations yet, leave out "/-" and make the value a list.'),
    helm: helmValues({ tolerations: [toleration] }, `${chartNames} Keep the tolerations that are listed.`),
  },
})

const withoutSpotKey = { nodeSelector: { [spotKey]: null }, affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: null } } }

/** Ocean cannot scale for pods that require the spot label of AKS (Ocean AKS, Run workloads on spot nodes). */
const noSpotAffinity = (target: Target): Patch => ({
  id: 'no-spot-affinity',
  title: 'Drop the required affinity to spot nodes',
  note: `${rollout} It takes out every required node affinity of the pods: put back terms about zones or architecture that you need.`,
  texts: {
    kubectl: kubectlPatch(target, 'merge', ofPodSpec(withoutSpotKey)),
    kustomize: kustomizeMerge(target, ofPodSpec(withoutSpotKey)),
    helm: helmValues(withoutSpotKey, chartNames),
  },
})

const onDemand = { nodeSelector: { 'spotinst.io/node-lifecycle': 'od' } }

/** A selector rather than an affinity: it adds to what the pods require, where a list of terms would be replaced. */
const keepOnDemand = (target: Target): Patch => ({
  id: 'keep-on-demand',
  title: 'Keep it on on-demand nodes',
  note: `${rollout} Only nodes of Ocean carry this label, so the pods leave other nodes with that.`,
  texts: {
    kubectl: kubectlPatch(target, 'merge', ofPodSpec(onDemand)),
    kustomize: kustomizeMerge(target, ofPodSpec(onDemand)),
    helm: helmValues(onDemand, chartNames),
  },
})

const oneAway = { minAvailable: null, maxUnavailable: 1 }

/** A budget takes one of the two numbers (Kubernetes, Specifying a Disruption Budget for your Application). */
const allowOne = (fullName: string, isUnready: boolean): Patch => {
  const slash = fullName.indexOf('/')
  const target: Target = { kind: 'PodDisruptionBudget', namespace: fullName.slice(0, slash), name: fullName.slice(slash + 1) }
  return {
    id: `allow-one ${fullName}`,
    title: `Let PDB ${fullName} give one pod at a time`,
    note: isUnready ? 'A pod that is not ready counts as the one that is away: repair that first.' : 'One pod may be away at a time. A workload of one replica is down meanwhile.',
    texts: {
      kubectl: kubectlPatch(target, 'merge', { spec: oneAway }),
      kustomize: kustomizeMerge(target, { spec: oneAway }),
      helm: helmValues({ podDisruptionBudget: oneAway }, chartNames),
    },
  }
}

const isTemplated = (kind: string): kind is 'Deployment' | 'StatefulSet' => kind === 'Deployment' || kind === 'StatefulSet'

/** Why the pods of this kind have no patch; null when they have. */
const whyNoPatch = (kind: string): string | null => {
  if (isTemplated(kind)) return null
  if (kind === 'Pod') return 'A stand-alone pod cannot be changed in place: change its manifest and make it anew.'
  if (kind === 'Job') return 'The pods of a Job cannot be changed once it runs: change the Job, or the CronJob that makes it, for the next time.'
  return `Patches are written for Deployments and StatefulSets. Change the pod template of this ${kind} where it is kept.`
}

const forTemplate: readonly { patch: (target: Target) => Patch; calledForBy: readonly FindingId[] }[] = [
  { patch: noSpotAffinity, calledForBy: ['spot-affinity-required'] },
  { patch: spotToleration, calledForBy: ['no-spot-toleration'] },
  { patch: keepOnDemand, calledForBy: ['no-spot-toleration', 'single-replica', 'not-safe-to-evict'] },
]

/** The changes that its findings call for, ready to copy, and why some cannot be had as a patch. */
export const patchesOf = ({ kind, namespace, name, pdbs, findingIds }: PatchedWorkload): { patches: Patch[]; refusal: string | null } => {
  const called = forTemplate.filter(({ calledForBy }) => calledForBy.some((id) => findingIds.has(id)))
  const budgets = findingIds.has('pdb-allows-none') ? pdbs.filter(({ disruptionsAllowed }) => disruptionsAllowed === 0) : []
  return {
    patches: [...budgets.map((pdb) => allowOne(pdb.name, findingIds.has('unready-behind-pdb'))), ...(isTemplated(kind) ? called.map(({ patch }) => patch({ kind, namespace, name })) : [])],
    refusal: called.length === 0 ? null : whyNoPatch(kind),
  }
}
