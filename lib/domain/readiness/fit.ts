import type { KubeConstraints, KubeRequirement, KubeTerm, KubeToleration } from '../kube-facts'
import { isSystemKey, poolMode, spotKey, zoneKey, zoneLabel } from '../matching/own-keys'
import { taintText } from '../matching/taints'
import type { Landing } from './landing'

/** Whether a requirement holds on a new node of a landing. `unknown`: the API does not say what the label will be. */
export type Fit = 'yes' | 'no' | 'unknown'

/** Labels whose value on a new node is certain to differ from that of any node there is now. */
const renewedKeys = new Set(['agentpool', 'kubernetes.azure.com/agentpool', 'kubernetes.io/hostname'])

/** The values a label can take on new nodes: a list, of which any will do, `none` where it is absent, `renewed`, or not known. */
type Values = readonly string[] | 'none' | 'renewed' | 'unknown'

const valuesOf = (key: string, { labels, zones, os, architectures }: Landing, wanted: readonly string[]): Values => {
  if (labels[key] !== undefined) return [labels[key]]
  if (renewedKeys.has(key)) return 'renewed'
  if (key === 'kubernetes.io/os') return os === null ? 'unknown' : [os]
  if (key === poolMode) return ['user']
  if (key === 'kubernetes.io/arch') return architectures ?? 'unknown'
  if (key === zoneLabel) return zones === null ? 'unknown' : zones.map((zone) => wanted.find((name) => zoneKey(name) === zone) ?? zone)
  return isSystemKey(key) ? 'unknown' : 'none'
}

const fitOf = (isYes: boolean): Fit => (isYes ? 'yes' : 'no')

/** Kubernetes: NotIn and DoesNotExist also hold where the label is missing. */
const requirementFit = ({ key, operator, values: wanted }: KubeRequirement, landing: Landing): Fit => {
  const values = valuesOf(key, landing, wanted)
  if (values === 'unknown') return 'unknown'
  if (operator === 'Exists') return fitOf(values !== 'none')
  if (operator === 'DoesNotExist') return fitOf(values === 'none')
  if (operator === 'In') return fitOf(Array.isArray(values) && values.some((value: string) => wanted.includes(value)))
  if (operator !== 'NotIn') return 'unknown'
  return fitOf(!Array.isArray(values) || values.some((value: string) => !wanted.includes(value)))
}

/** The operators of Kubernetes, as they are read in a sentence. */
const operatorWords: Record<string, string> = { In: 'one of', NotIn: 'not', Exists: 'set', DoesNotExist: 'not set', Gt: 'above', Lt: 'below' }

const textOf = ({ key, operator, values }: KubeRequirement): string => {
  if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`
  return `${key} ${operatorWords[operator] ?? operator}${values.length > 0 ? ` ${values.join(', ')}` : ''}`
}

/** `obstacle` says what does not hold. */
export type FitAnswer = { fit: Fit; obstacle: string | null }
const fine: FitAnswer = { fit: 'yes', obstacle: null }

/** All must hold: the first that does not decides, else one that is not known. */
const allOf = (requirements: readonly KubeRequirement[], landing: Landing): FitAnswer => {
  let answer = fine
  for (const requirement of requirements) {
    const fit = requirementFit(requirement, landing)
    if (fit === 'no') return { fit, obstacle: `it needs a node with ${textOf(requirement)}` }
    if (fit === 'unknown') answer = { fit, obstacle: null }
  }
  return answer
}

/** `fields` name a node that exists, which no new node can be. */
const termFit = ({ expressions, fields }: KubeTerm, landing: Landing): FitAnswer =>
  fields.length > 0 ? { fit: 'no', obstacle: 'it is tied to a node by name' } : allOf(expressions, landing)

const affinityFit = (terms: readonly KubeTerm[], landing: Landing): FitAnswer => {
  const answers = terms.map((term) => termFit(term, landing))
  return answers.find(({ fit }) => fit === 'yes') ?? answers.find(({ fit }) => fit === 'unknown') ?? answers[0] ?? { fit: 'no', obstacle: 'its affinity allows no node' }
}

/** Whether a toleration bears a taint (Kubernetes, Taints and Tolerations). */
export const tolerates = ({ key, operator, value, effect }: KubeToleration, taint: { key: string; value: string; effect: string }): boolean =>
  (effect === null || effect === taint.effect) && (key === null ? operator === 'Exists' : key === taint.key && (operator === 'Exists' || value === taint.value))

/** The taints of a landing that keep a pod away: hard ones that it does not tolerate. */
export const untolerated = ({ tolerations }: KubeConstraints, landing: Landing): string[] =>
  landing.taints.filter((taint) => taint.effect.startsWith('No') && !tolerations.some((toleration) => tolerates(toleration, taint))).map(taintText)

const selectorOf = (nodeSelector: Record<string, string>): KubeRequirement[] =>
  Object.entries(nodeSelector).map(([key, value]) => ({ key, operator: 'In', values: [value] }))

/** The spot key has a rule of its own: here it decides nothing. */
const withoutSpot = (terms: KubeTerm[] | null): KubeTerm[] | null =>
  terms?.map(({ expressions, fields }) => ({ expressions: expressions.filter(({ key }) => key !== spotKey), fields })) ?? null

/**
 * Whether pods of these constraints may run on new nodes of a landing: selector, required affinity, hard
 * taints. Not their size. What does not depend on the landing is worked out once.
 */
export const createFit = (constraints: KubeConstraints): ((landing: Landing) => FitAnswer) => {
  const selector = selectorOf(constraints.nodeSelector).filter(({ key }) => key !== spotKey)
  const terms = withoutSpot(constraints.requiredAffinity)
  return (landing) => {
    const selected = selector.length === 0 ? fine : allOf(selector, landing)
    if (selected.fit === 'no') return selected
    const affine = terms === null ? fine : affinityFit(terms, landing)
    if (affine.fit === 'no') return affine
    const taint = landing.taints.length === 0 ? undefined : untolerated(constraints, landing)[0]
    if (taint !== undefined) return { fit: 'no', obstacle: `it does not tolerate ${taint}` }
    return selected.fit === 'unknown' ? selected : affine
  }
}

const wantsSpotKey = ({ key, operator }: KubeRequirement) => key === spotKey && (operator === 'In' || operator === 'Exists')

/** True when the pod can only run on nodes with the spot label of AKS. To ask for nodes without it is no hindrance. */
export const requiresSpotKey = ({ nodeSelector, requiredAffinity }: KubeConstraints): boolean =>
  nodeSelector[spotKey] !== undefined ||
  (requiredAffinity !== null && requiredAffinity.length > 0 && requiredAffinity.every(({ expressions }) => expressions.some(wantsSpotKey)))
