import { readingWords } from '@/components/domain/reading-words'
import { shortList } from '@/lib/domain/readiness/rules'
import { formatCount } from '@/lib/format/numbers'
import { counted, listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { drawnSeconds } from '@/lib/rehearsal/drawn-seconds'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import type { RehearsalBasis } from './basis'

const wordsOf: Record<RehearsalPlan['readings'][number], string> = { M1: readingWords.fixed, M2: readingWords.equal, 'M2-floor': readingWords.equal, M3: readingWords.cluster }

const seconds = ({ low, high }: { low: number; high: number }) => `${low} to ${high} s`

const ofPods = ({ kubernetes, uncountedNodes }: RehearsalBasis): string[] => {
  if (kubernetes === null)
    return [
      'Pods are assumed, for Kubernetes was not read: as many on each node as Spot counts there, each with an equal part of what the node’s pods request.',
      'No budgets, selectors, affinities or volumes: what they hold back in reality moves here.',
      ...(uncountedNodes > 0 ? [`For ${counted(uncountedNodes, 'node')} Spot gives no number of pods: it is estimated from what they request.`] : []),
    ]
  const { pods, budgets, areBudgetsRead, areVolumesRead, tiedWorkloads } = kubernetes
  return [
    `${counted(pods, 'pod')} and ${areBudgetsRead ? counted(budgets, 'budget') : 'no budgets'} as Kubernetes has them.`,
    ...(areBudgetsRead ? [] : ['Budgets were not read, so none holds a node back here.']),
    ...(areVolumesRead ? [] : ['Volumes were not read, so none ties a pod to its zone or node here.']),
    ...(tiedWorkloads.length === 0 ? [] : [`${visibleText(shortList(tiedWorkloads))} must be near other pods, apart from them, or spread evenly. That is not rehearsed: in reality such pods may need more nodes, or wait for one.`]),
  ]
}

const ofLanding = ({ unsaidNodes, kubernetes }: RehearsalBasis): string[] => {
  if (unsaidNodes === 0) return []
  const what = kubernetes === null ? 'their pods are placed by the labels and taints of their nodes alone' : 'their pods are placed by labels, taints and affinities alone'
  return [`Spot does not say where ${counted(unsaidNodes, 'node')} would land; ${what}.`]
}

const ofSizes = ({ sizeGaps }: RehearsalBasis): string[] => {
  const of = (wanted: RehearsalBasis['sizeGaps'][number]['gap']) => listed(sizeGaps.flatMap(({ name, gap }) => (gap === wanted ? [visibleText(name)] : [])))
  const [shut, unknown] = [of('none-passes'), of('none-known')]
  return [
    ...(shut === '' ? [] : [`No VM size passes the filters of ${shut}: no new node comes there.`]),
    ...(unknown === '' ? [] : [`No VM size that is known here passes the filters of ${unknown}. How large new nodes are there is not known; here each is as large as the one that it replaces.`]),
  ]
}

/** The twin knows Ocean's autoscaler only. */
const ofScaling = ({ poolScaling }: RehearsalBasis): string[] => {
  if (poolScaling.state === 'absent') return []
  if (poolScaling.state !== 'active') return ['Whether a cluster autoscaler scales the pools of AKS is not known. Here their nodes neither come nor go by it.']
  const { pools } = poolScaling
  return pools.length === 0 ? [] : [`A cluster autoscaler scales ${listed(pools.map(({ poolName }) => poolName))}. Here nodes neither come nor go by it.`]
}

const ofReadings = ({ readings }: RehearsalPlan): string => {
  const words = [...new Set(readings.map((reading) => wordsOf[reading]))]
  return `The batch size is read as ${words.length > 1 ? `${listed(words)}, in turn` : (words[0] ?? '')}.`
}

/** What a rehearsal rests on, and what it cannot know; each a sentence. */
export const assumptionsOf = (basis: RehearsalBasis, plan: RehearsalPlan, runs: number): string[] => [
  ...ofPods(basis),
  ...ofLanding(basis),
  ...ofSizes(basis),
  ...ofScaling(basis),
  ofReadings(plan),
  `Each of the ${formatCount(runs)} draws its own times: pods take ${seconds(drawnSeconds.startUp)} to start and ${seconds(drawnSeconds.termination)} to go, and new nodes take as long as new nodes of AKS usually do.`,
  'Azure’s quota and its supply of spot capacity are not known: what the limits of groups and cluster allow is there.',
  'Faults during the run, such as evictions of spot nodes or errors of Azure, cannot be foreseen and do not happen here.',
]
