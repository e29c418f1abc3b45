import type { PlanFactsAnswer } from '@/lib/contract/plan-facts'
import { scaledPoolText, type PoolScaling } from '@/lib/domain/plan/pool-scaling'
import { absoluteTime } from '@/lib/format/time'
import { listed } from '@/lib/format/plural'
import { notRead, ok, warning, type Said } from './check'
import type { Plan } from './use-plan'

type Facts = PlanFactsAnswer['kubernetes']

const ownSentence = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`A cluster-autoscaler runs: ${listed(names)}. It may take away nodes that this run needs, or bring old ones back.`]

/** Of the run's own pools, which the run itself switches to manual scaling, and of the others, where pods may land. */
const scaledSentences = (scaling: PoolScaling, ofRun: ReadonlySet<string>): string[] => {
  if (scaling.state !== 'active') return []
  const own = scaling.pools.filter(({ poolName }) => ofRun.has(poolName))
  const others = scaling.pools.filter(({ poolName }) => !ofRun.has(poolName))
  return [
    ...(own.length === 0 ? [] : [`The cluster autoscaler scales pools of this run: ${listed(own.map(scaledPoolText))}. The run switches them to manual scaling.`]),
    ...(others.length === 0 ? [] : [`The cluster autoscaler scales other pools: ${listed(others.map(scaledPoolText))}. It may start nodes there for pods that leave.`]),
  ]
}

const unknownSentences = ({ isConnected, autoscalers, poolScaling }: Facts): string[] => {
  if (!isConnected) return ['Whether a cluster autoscaler runs: Kubernetes is not connected.']
  const written = poolScaling.state === 'stale' ? poolScaling.writtenAtMs : null
  return [
    ...(autoscalers === null ? ['Whether a cluster-autoscaler of your own runs could not be read.'] : []),
    ...(poolScaling.state === 'not-read' ? [`Whether AKS scales the pools could not be read.${poolScaling.why === null ? '' : ` ${poolScaling.why}`}`] : []),
    ...(poolScaling.state === 'stale' ? [`The cluster autoscaler has not written its status ${written === null ? 'with a time' : `since ${absoluteTime(written, 'UTC')}`}: it is off, or cannot write.`] : []),
  ]
}

const limitsRemedy = 'Their limits are recorded with the launch: see Way back. Give them back afterwards to pools that stay.'

/** Whether something else brings and takes nodes while the run is on. */
export const autoscalerCheck = ({ partition }: Plan, { kubernetes }: PlanFactsAnswer): Said => {
  const { autoscalers, poolScaling } = kubernetes
  const scaled = scaledSentences(poolScaling, new Set(partition.willMove.map(({ poolName }) => poolName)))
  const own = ownSentence(autoscalers ?? [])
  const unknown = unknownSentences(kubernetes)
  if (own.length + scaled.length > 0)
    return warning([...own, ...scaled, ...unknown].join(' '), [...(own.length > 0 ? ['Scale it to zero for the time of the run.'] : []), ...(scaled.length > 0 ? [limitsRemedy] : [])].join(' '))
  if (unknown.length > 0) return notRead(unknown.join(' '), 'With AKS’s own, the run switches its pools to manual scaling; read their limits under Way back before you launch.')
  return ok(poolScaling.state === 'active' ? 'The cluster autoscaler scales no pool.' : 'No cluster autoscaler runs in the cluster, and none has written its status.')
}
