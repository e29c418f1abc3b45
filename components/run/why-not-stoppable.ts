import { can, endWords } from '@/lib/domain/run-rules'
import type { RunFigures } from './facts'

/** Why the run cannot be stopped now, or null. A stop may be asked for again: one that got lost must not be the last. */
export const whyNotStoppable = ({ status, isOver }: Pick<RunFigures, 'status' | 'isOver'>): string | null =>
  isOver || !can.stop(status) ? `The run is over: ${endWords(status)}.` : null
