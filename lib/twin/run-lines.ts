import { counted } from './engine-context'
import { failureSentences } from './log-text'
import type { TwinRun } from './types'

type Cause = keyof typeof failureSentences
type Named = Pick<TwinRun, 'id' | 'rollScope'>

/** The vendor's reasons for a failed roll (Ocean AKS, Rolls, "Log messages"). It names none for old nodes that stay. */
const rollReasons: Partial<Record<Cause, string>> = {
  connectivity: 'The Ocean Controller is not active',
  timeout: 'The roll has been stuck in the same status for too long',
  noCapacity: 'More than 50 percent of nodes could not be replaced',
  podsUnscheduled: 'There may be constraint or configuration mismatches such as labels, selectors, taints, or affinity rules',
}

/** The first line of a run; a roll's is the vendor's, and so are the others of rolls. */
export const startedLine = ({ id, rollScope, numOfBatches }: Named & Pick<TwinRun, 'numOfBatches'>, nodes: number): string =>
  rollScope === null
    ? `Migration ${id} started for ${counted(nodes, 'node')} in ${numOfBatches === 1 ? '1 batch' : `${numOfBatches} batches`}.`
    : `Roll ${id} has started. Number of batches ${numOfBatches}.`

export const endedLine = ({ id, rollScope }: Named): string => (rollScope === null ? `Migration ${id} has ended.` : `Roll ${id} has completed successfully.`)

export const stoppedLine = ({ id, rollScope }: Named): string => (rollScope === null ? `Migration ${id} was stopped.` : `Roll ${id} has stopped.`)

/** Why a run failed, in the vendor's words. Where rolls have no reason of their own, a migration's sentence says `roll`. */
export const failedLine = ({ id, rollScope }: Named, cause: Cause): string => {
  const sentence = failureSentences[cause]
  if (rollScope === null) return sentence
  const reason = rollReasons[cause]
  return reason === undefined ? sentence.replaceAll('migration', 'roll') : `Roll ${id} has failed. Reason ${reason}.`
}
