import { isSystemKey, spotKey, zoneLabel } from '@/lib/domain/matching/own-keys'
import type { RehearsalFacts, RehearsalWorkload } from '@/lib/domain/rehearsal/facts'
import type { AffinityTerm } from '@/lib/twin/types'

type Labels = Readonly<Record<string, string>>
type Terms = NonNullable<RehearsalWorkload['requiredAffinity']>
type Term = Terms[number]
type Requirement = Term['expressions'][number]

const operators = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist'])

const isPlain = ({ key, operator }: Requirement): boolean => operators.has(operator) && !isOpen(key)

/** The system's own keys: matching leaves a label under them aside, so that a mark changes no match. */
const markOf = (index: number) => `rehearsal.kubernetes.io/affinity-${index}`

/** Labels of the system that the twin gives its new nodes as reality does, or of which a new node's differ from any there is. */
const givenByTwin: ReadonlySet<string> = new Set([
  'agentpool', 'kubernetes.azure.com/agentpool', 'kubernetes.azure.com/mode', spotKey, 'kubernetes.io/hostname', 'kubernetes.io/os',
  'node.kubernetes.io/instance-type', 'spotinst.io/node-lifecycle', 'topology.kubernetes.io/region', zoneLabel,
])

/** Labels of the system that only a finished node shows. */
const isOpen = (key: string): boolean => isSystemKey(key) && !givenByTwin.has(key)

const holds = ({ key, operator, values }: Requirement, labels: Labels): boolean => {
  const value = labels[key]
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  const bound = Number(values[0])
  return operator === 'Gt' ? Number(value) > bound : Number(value) < bound
}

const holdsOnNode = (term: Term, labels: Labels, nodeName: string): boolean =>
  term.expressions.every((requirement) => holds(requirement, labels)) && term.fields.every(({ key, values }) => key === 'metadata.name' && values.includes(nodeName))

const holdsInGroup = ({ expressions, fields }: Term, labels: Labels): boolean =>
  fields.length === 0 && expressions.every((requirement) => (isSystemKey(requirement.key) && labels[requirement.key] === undefined) || holds(requirement, labels))

type Demand = Pick<RehearsalWorkload, 'nodeSelector' | 'requiredAffinity'>

/** The selector that the twin can answer. */
export const nodeSelectorOf = ({ nodeSelector }: Demand): Record<string, string> => Object.fromEntries(Object.entries(nodeSelector).filter(([key]) => !isOpen(key)))

/** The required affinity, with what a selector asks of labels that only a finished node shows. */
const termsOf = ({ nodeSelector, requiredAffinity }: Demand): Terms | null => {
  const open = Object.entries(nodeSelector).flatMap(([key, value]): Requirement[] => (isOpen(key) ? [{ key, operator: 'In', values: [value] }] : []))
  return open.length === 0 ? requiredAffinity : (requiredAffinity ?? [{ expressions: [], fields: [] }]).map((term) => ({ ...term, expressions: [...term.expressions, ...open] }))
}

/** What the twin asks of a node: the term itself where there is one and it says so, else the mark of nodes that satisfy any of them. */
export const requiredAffinityOf = (workload: RehearsalWorkload, index: number): AffinityTerm[] => {
  const terms = termsOf(workload)
  if (terms === null) return []
  const [only] = terms
  return isSimple(terms) && only !== undefined ? only.expressions.map(toTerm) : [{ key: markOf(index), operator: 'Exists', values: [] }]
}

const isSimple = (terms: Terms): boolean => terms.length === 1 && terms.every(({ expressions, fields }) => fields.length === 0 && expressions.every(isPlain))

const toTerm = ({ key, operator, values }: Requirement): AffinityTerm => ({ key, operator: operator as AffinityTerm['operator'], values })

/** Preferences that the twin understands; others weigh nothing. */
export const preferredAffinityOf = ({ preferredAffinity }: RehearsalWorkload): AffinityTerm[] => preferredAffinity.filter(isPlain).map(toTerm)

/**
 * The marks that a node, or the nodes of a group, carry for workloads whose affinity the twin cannot read: more
 * than one term, `Gt`, `Lt`, a node's name, or a label of which only a finished node shows the value.
 */
export const createMarks = ({ kubernetes }: RehearsalFacts) => {
  const hard = (kubernetes?.workloads ?? []).flatMap((workload, index) => {
    const terms = termsOf(workload)
    return terms === null || isSimple(terms) ? [] : [{ mark: markOf(index), terms }]
  })
  const marked = (isMeant: (term: Term) => boolean): Record<string, string> =>
    Object.fromEntries(hard.flatMap(({ mark, terms }) => (terms.some(isMeant) ? [[mark, '']] : [])))
  return {
    ofNode: (labels: Labels, nodeName: string) => marked((term) => holdsOnNode(term, labels, nodeName)),
    ofGroup: (labels: Labels) => marked((term) => holdsInGroup(term, labels)),
  }
}
