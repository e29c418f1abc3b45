import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'
import type { RehearsalBasis } from './basis'
import type { RehearsalMessage } from './messages'

export const wantedSeeds: readonly number[] = Array.from({ length: 15 }, (_, index) => index + 1)

/** `reading`: the facts are on their way. The last four are ends. */
export type RehearsalPhase = 'reading' | 'running' | 'done' | 'cancelled' | 'refused' | 'failed'

/** One rehearsal of one plan, as far as it has come. Null before the first. */
export type RehearsalState = {
  phase: RehearsalPhase
  plan: RehearsalPlan
  basis: RehearsalBasis | null
  /** By seed. */
  runs: readonly RehearsedRun[]
  /** How far the seeds are that have begun and not ended. */
  shares: ReadonlyMap<number, number>
  /** Why it was refused, or failed. */
  sentence: string | null
}

export type RehearsalAction =
  | { kind: 'start'; plan: RehearsalPlan }
  | { kind: 'read'; basis: RehearsalBasis }
  | { kind: 'heard'; messages: readonly RehearsalMessage[] }
  | { kind: 'failed'; sentence: string }
  | { kind: 'cancel' }

const hear = (state: RehearsalState, message: RehearsalMessage): RehearsalState => {
  if (state.phase !== 'running') return state
  if (message.kind === 'refused' || message.kind === 'failed') return { ...state, phase: message.kind, sentence: message.sentence }
  const shares = new Map(state.shares)
  if (message.kind === 'progress') return { ...state, shares: shares.set(message.seed, message.share) }
  shares.delete(message.run.seed)
  const runs = [...state.runs, message.run].sort((a, b) => a.seed - b.seed)
  return { ...state, shares, runs, phase: runs.length === wantedSeeds.length ? 'done' : 'running' }
}

export const isUnderWay = (state: RehearsalState | null): boolean => state?.phase === 'reading' || state?.phase === 'running'

export const rehearsalReducer = (state: RehearsalState | null, action: RehearsalAction): RehearsalState | null => {
  if (action.kind === 'start') return { phase: 'reading', plan: action.plan, basis: null, runs: [], shares: new Map(), sentence: null }
  if (state === null || !isUnderWay(state)) return state
  if (action.kind === 'read') return { ...state, phase: 'running', basis: action.basis }
  if (action.kind === 'heard') return action.messages.reduce(hear, state)
  if (action.kind === 'failed') return { ...state, phase: 'failed', sentence: action.sentence }
  return { ...state, phase: 'cancelled', shares: new Map() }
}

/** The part of all rehearsals that is done, 0 to 1. */
export const shareDone = ({ runs, shares }: RehearsalState): number => (runs.length + [...shares.values()].reduce((sum, share) => sum + share, 0)) / wantedSeeds.length
