import { wantedHealthy } from '@/lib/twin/budget'
import type { Pdb, Workload } from '@/lib/twin/types'
import { metadataOf } from '../meta'
import { ageColumn, inOrder, nameColumn, plainEntry, shown, type Resource } from '../resource'
import type { View } from '../view'

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** A budget over one workload selects by its labels, one over several by their values of `app`. */
const selectorOf = (covered: Workload[]) => {
  const [only, ...others] = covered
  if (only !== undefined && others.length === 0) return { matchLabels: only.labels }
  return { matchExpressions: [{ key: 'app', operator: 'In', values: covered.map(({ labels }) => labels.app ?? '') }] }
}

/**
 * The numbers of Kubernetes' disruption controller: what is expected is the scale of the controllers, but for
 * an absolute minAvailable the pods that are there; only pods that are ready and stay count as healthy.
 */
const countsOf = (view: View, pdb: Pdb, covered: Workload[]) => {
  const counts = covered.map((workload) => ({ ...view.countsOf(workload), replicas: workload.replicas }))
  const scale = sum(counts.flatMap(({ all, replicas }) => (all === 0 ? [] : [replicas])))
  const expectedPods = typeof pdb.minAvailable === 'number' ? sum(counts.map(({ all }) => all)) : scale
  const desiredHealthy = wantedHealthy({ ...pdb, expectedPods })
  const currentHealthy = sum(counts.map(({ ready }) => ready))
  return { expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed: expectedPods === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy) }
}

const budgetObject = (view: View, pdb: Pdb, covered: Workload[]) => {
  const { state, ledger, stamp } = view
  const version = Math.max(ledger.versionOf(''), ...covered.map(({ id }) => ledger.versionOf(id)))
  const { minAvailable, maxUnavailable } = pdb
  const numbers = countsOf(view, pdb, covered)
  const isAllowed = numbers.disruptionsAllowed > 0
  return {
    metadata: { ...metadataOf(view, { kind: 'PodDisruptionBudget', namespace: pdb.namespace, name: pdb.name, version, createdMs: state.cluster.createdAtMs }), generation: 1 },
    spec: { ...(minAvailable === null ? {} : { minAvailable }), ...(maxUnavailable === null ? {} : { maxUnavailable }), selector: selectorOf(covered) },
    status: {
      observedGeneration: 1,
      ...numbers,
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: isAllowed ? 'True' : 'False',
          observedGeneration: 1,
          lastTransitionTime: stamp(state.cluster.createdAtMs),
          reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
          message: '',
        },
      ],
    },
  }
}
type BudgetObject = ReturnType<typeof budgetObject>

const coveredBy = ({ workloads }: View['state']): Map<string, Workload[]> => {
  const covered = new Map<string, Workload[]>()
  for (const workload of workloads.values()) for (const id of workload.pdbIds) covered.set(id, [...(covered.get(id) ?? []), workload])
  return covered
}

export const podDisruptionBudgets: Resource = {
  group: 'policy',
  versions: ['v1', 'v1beta1'],
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  kind: 'PodDisruptionBudget',
  shortNames: ['pdb'],
  isNamespaced: true,
  fieldNames: [],
  columns: [
    nameColumn,
    shown<BudgetObject>('Min Available', ({ spec }) => String(spec.minAvailable ?? 'N/A')),
    shown<BudgetObject>('Max Unavailable', ({ spec }) => String(spec.maxUnavailable ?? 'N/A')),
    shown<BudgetObject>('Allowed Disruptions', ({ status }) => status.disruptionsAllowed, 'integer'),
    ageColumn,
  ],
  entries: (view) => {
    const covered = coveredBy(view.state)
    return inOrder([...view.state.pdbs.values()].map((pdb) => plainEntry(pdb.namespace, pdb.name, () => budgetObject(view, pdb, covered.get(pdb.id) ?? []))))
  },
}
