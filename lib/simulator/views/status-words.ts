import type { NodeStatus, RunStatus } from '@/lib/domain/run-rules'
import type { World } from '../world'

type Wire = World['wire']

const cased: Record<Wire['statusCase'], (status: string) => string> = {
  upper: (status) => status,
  /** `PARTIAL_SUCCESS` as an example would write it: `Partial_success`. */
  capitalised: (status) => status.slice(0, 1) + status.slice(1).toLowerCase(),
  lower: (status) => status.toLowerCase(),
}

/** Statuses as they are sent, by the switches of the wire. */
export const runWord = (wire: Wire, status: RunStatus): string => cased[wire.statusCase](wire.runStatusAs[status] ?? status)
export const nodeWord = (wire: Wire, status: NodeStatus): string => {
  const word = status === 'NOT_REPLACED_DUE_TO_RSD' ? wire.restrictedAs : status
  return cased[wire.statusCase](wire.nodeStatusAs[status] ?? word)
}
export const capacityWord = (wire: Wire, status: string): string => cased[wire.statusCase](status)
