import { rehearseOnce } from '@/lib/rehearsal/run-once'
import { toTwinSpec } from '@/lib/rehearsal/spec'
import type { RehearsalMessage, RehearsalOrder } from './messages'

/** Less than this is not worth a message. */
const leastStep = 0.05

const rehearseAll = ({ facts, plan, seeds }: RehearsalOrder, tell: (message: RehearsalMessage) => void): void => {
  const spec = toTwinSpec(facts)
  for (const seed of seeds) {
    let told = 0
    const run = rehearseOnce(spec, plan, seed, (share) => {
      if (share - told < leastStep) return
      told = share
      tell({ kind: 'progress', seed, share })
    })
    if ('refusal' in run) return tell({ kind: 'refused', sentence: run.refusal })
    tell({ kind: 'result', run })
  }
}

/** Rehearses one seed after the other and tells each result at once. Whatever breaks is told as a sentence. */
export const rehearse = (order: RehearsalOrder, tell: (message: RehearsalMessage) => void): void => {
  try {
    rehearseAll(order, tell)
  } catch (error) {
    tell({ kind: 'failed', sentence: `The rehearsal broke off: ${error instanceof Error ? error.message : String(error)}` })
  }
}
