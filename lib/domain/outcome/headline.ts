import { counted } from '@/lib/format/plural'
import { deletedStatus, isFinalRun, outcomeOf, runLabel } from '../run-rules'
import type { OutcomeCounts } from './counts'

/** How a run is named in one line: its status, and what its status hides. */
export const runHeadline = (status: string, counts: OutcomeCounts): string => {
  const label = runLabel(status)
  if (!isFinalRun(status) || status === deletedStatus || counts.total === 0) return label
  if (counts.unknown > 0) return `${label}, ${counted(counts.unknown, 'node')} in an unknown state`
  return counts.moved === 0 ? `${label}, nothing moved` : label
}

type Remedy = { sentence: string; remedy: string }

/** The same cause where Spot's status does not tell it. */
export const heldRemedy = (nodes: number): Remedy => ({
  sentence: `Kubernetes showed a pod on ${nodes === 1 ? 'it' : 'each of them'} that restricts scale down, and the run respected that. Spot’s status gives no cause.`,
  remedy: 'Remove the label or annotation, or plan again without respecting it.',
})

/** Of one node or more that are gone without having moved. */
export const vanishedRemedy = (nodes: number): Remedy => ({
  sentence: nodes === 1 ? 'Spot lists it no longer, and the run did not move it: its pods were lost without a drain.' : 'Spot lists them no longer, and the run did not move them: their pods were lost without a drain.',
  remedy: 'Look for a scale down, an eviction by Azure or a deletion by hand.',
})

/** Of one node or more of a run that is over whose own end was not told. */
export const noEndRemedy = (nodes: number): Remedy => ({
  sentence: nodes === 1 ? 'The run is over, and by the last word on it this node waited or was on its way: how it ended is not known.' : 'The run is over, and by the last word on them these nodes waited or were on their way: how they ended is not known.',
  remedy: nodes === 1 ? 'Look at it in the cluster before you plan it again.' : 'Look at them in the cluster before you plan them again.',
})

/** What a person should know about one node or more of a status that did not move, with the next step. */
export const nodeRemedy = (status: string, nodes: number): Remedy | null => {
  const outcome = outcomeOf(status)
  const isOne = nodes === 1
  if (status.toUpperCase() === 'NOT_REPLACED_DUE_TO_RSD')
    return { sentence: `A pod on ${isOne ? 'it' : 'each of them'} restricts scale down.`, remedy: 'Remove the label, or plan again without respecting it.' }
  if (outcome === 'skipped')
    return { sentence: 'A Pod Disruption Budget allowed no disruption before the draining timeout.', remedy: 'Raise the replicas or the budget, wait until its pods are healthy, then migrate the rest.' }
  if (outcome === 'failed')
    return { sentence: `No healthy replacement took over, or the ${isOne ? 'node' : 'nodes'} could not be drained.`, remedy: 'Look at the log and the new capacity of this run, then migrate the rest.' }
  return null
}
