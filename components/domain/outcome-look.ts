import type { StatusName } from '@/components/ui/status'
import type { Outcome } from '@/lib/domain/run-rules'

type OutcomeLook = { status: StatusName; word: string; colour: string }

/** How each outcome is named, marked and coloured, in badges, bars, charts and legends alike. */
export const outcomeLook: Record<Outcome, OutcomeLook> = {
  moved: { status: 'moved', word: 'moved', colour: 'var(--moved)' },
  moving: { status: 'moving', word: 'in progress', colour: 'var(--moving)' },
  skipped: { status: 'skipped', word: 'skipped', colour: 'var(--skipped)' },
  failed: { status: 'failed', word: 'failed', colour: 'var(--failed)' },
  untouched: { status: 'untouched', word: 'not migrated', colour: 'var(--untouched)' },
  unknown: { status: 'unknown', word: 'in an unknown state', colour: 'var(--line-2)' },
  toGo: { status: 'pending', word: 'to be migrated', colour: 'var(--pending-soft)' },
}

/** The order of segments and legends: what is settled first, what is still to come last. */
export const outcomeOrder = ['moved', 'skipped', 'failed', 'untouched', 'unknown', 'moving', 'toGo'] as const satisfies readonly Outcome[]
