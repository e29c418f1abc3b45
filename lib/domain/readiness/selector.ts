import type { KubePdb, KubePod, KubeRequirement } from '../kube-facts'

/** Kubernetes, Labels and Selectors. */
const expressionHolds = ({ key, operator, values }: KubeRequirement, labels: Record<string, string>): boolean => {
  const value = labels[key]
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  if (operator === 'Exists') return value !== undefined
  return operator === 'DoesNotExist' && value === undefined
}

const selects = ({ selector }: KubePdb, labels: Record<string, string>): boolean =>
  selector !== null &&
  Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value) &&
  selector.matchExpressions.every((expression) => expressionHolds(expression, labels))

const push = <Value>(lists: Map<string, Value[]>, key: string, value: Value) => {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}

/**
 * Finds the budgets that cover a pod. Budgets are filed under one label of their selector, so that a pod
 * asks only those that can be its own: the cost grows with labels, not with pods times budgets.
 */
export const createPdbFinder = (pdbs: readonly KubePdb[]): ((pod: KubePod) => KubePdb[]) => {
  const byLabel = new Map<string, KubePdb[]>()
  const byNamespace = new Map<string, KubePdb[]>()
  for (const pdb of pdbs) {
    const [first] = Object.entries(pdb.selector?.matchLabels ?? {})
    if (first === undefined) push(byNamespace, pdb.namespace, pdb)
    else push(byLabel, `${pdb.namespace}\n${first[0]}\n${first[1]}`, pdb)
  }
  return ({ namespace, labels }) => {
    const found: KubePdb[] = []
    for (const key in labels) for (const pdb of byLabel.get(`${namespace}\n${key}\n${labels[key]}`) ?? []) if (selects(pdb, labels)) found.push(pdb)
    for (const pdb of byNamespace.get(namespace) ?? []) if (selects(pdb, labels)) found.push(pdb)
    return found
  }
}
