import { isHeldByPods } from './held'
import { lastPodsOf, type LandingState } from '../progress/landing'
import { isRunOver, type NodeState, type RunState } from '../progress/state'
import { hasNoEnd, outcomeOf } from '../run-rules'
import { hasVanished } from './vanished'
import { spotYieldOf, type SpotYield } from './yield'

export type LedgerId = 'moved' | 'skippedByBudget' | 'skippedByHold' | 'heldByPods' | 'failed' | 'untouched' | 'vanished' | 'unknown' | 'noEnd' | 'moving' | 'toGo'

/** A figure with why it is not known. */
export type Known<Facts> = ({ state: 'known' } & Facts) | { state: 'unknown'; why: string }

/**
 * What became of a run, folded from its record alone. Each node stands in one line. Nothing is added up to one
 * figure of health.
 */
export type Ledger = {
  nodes: { id: LedgerId; nodes: NodeState[] }[]
  pods: {
    /** Pods that left nodes which moved, by Spot's count. */
    left: number | null
    /** Stand-alone pods of nodes that were begun which are gone: nothing makes them again. */
    lostOnPurpose: Known<{ pods: string[] }>
    pending: Known<{ pods: number; reasons: { reason: string; pods: number }[]; atMs: number }>
  }
  capacity: SpotYield | null
}

const order: readonly LedgerId[] = ['moved', 'skippedByBudget', 'skippedByHold', 'heldByPods', 'failed', 'vanished', 'untouched', 'unknown', 'noEnd', 'moving', 'toGo']

/** The line a node stands in. */
const ledgerIdOf = (node: NodeState, state: RunState): LedgerId => {
  const { status } = node
  const outcome = outcomeOf(status)
  if (hasVanished(node, state)) return 'vanished'
  if (hasNoEnd(status, isRunOver(state))) return 'noEnd'
  if (isHeldByPods(node, state)) return 'heldByPods'
  if (outcome !== 'skipped') return outcome
  return status.toUpperCase() === 'NOT_REPLACED_DUE_TO_RSD' ? 'skippedByHold' : 'skippedByBudget'
}

/** Why the last look tells nothing of pods. */
const whyNoPods = ({ looks }: LandingState): string => {
  const pods = looks.at(-1)?.pods
  if (pods === undefined) return 'the cluster was not looked at'
  return pods.state === 'failed' ? `Kubernetes could not be read at the last look: ${pods.sentence.replace(/\.$/, '')}` : 'Kubernetes was not connected at the last look'
}

/** A node that had moved before it was first told had lost its pods by then, and nobody saw how many. */
const podsLeft = (moved: readonly NodeState[]): number | null =>
  moved.reduce<number | null>((sum, { podsAtFirst, runningPods, wasSettledAtFirst }) => (sum === null || podsAtFirst === null || wasSettledAtFirst ? null : sum + Math.max(0, podsAtFirst - (runningPods ?? 0))), 0)

/** Why it is not known which pods were lost; null when it is. One that was lost before anybody had read pods has left no trace. */
const whyNotCounted = (landing: LandingState): string | null => {
  if (lastPodsOf(landing) === null) return whyNoPods(landing)
  const first = landing.looks.find(({ pods }) => pods.state === 'read')
  if (first?.batch !== 0) return 'pods were not read before the first batch'
  return first.wasWhole ? null : 'nodes had begun when pods were first read'
}

const lostOf = ({ landing, nodes }: RunState): Ledger['pods']['lostOnPurpose'] => {
  const wasBegun = (nodeName: string) => nodes.get(nodeName)?.startedAtMs != null
  const pods = [...landing.standAlone].flatMap(([pod, { nodeName, isGone }]) => (isGone && wasBegun(nodeName) ? [pod] : []))
  const why = whyNotCounted(landing)
  if (why === null) return { state: 'known', pods }
  return { state: 'unknown', why: pods.length === 0 ? why : `${why}; of those that were read ${pods.length} are gone` }
}

const podsOf = (state: RunState, moved: readonly NodeState[]): Ledger['pods'] => {
  const seen = lastPodsOf(state.landing)
  return {
    left: podsLeft(moved),
    lostOnPurpose: lostOf(state),
    pending: seen === null ? { state: 'unknown', why: whyNoPods(state.landing) } : { state: 'known', pods: seen.pending, reasons: seen.reasons, atMs: seen.atMs },
  }
}

/** The ledger of a run as it stands: live, at a moment of a replay, or at the end. */
export const ledgerOf = (state: RunState): Ledger => {
  const lines = new Map<LedgerId, NodeState[]>()
  for (const node of state.nodes.values()) {
    const id = ledgerIdOf(node, state)
    const line = lines.get(id)
    if (line) line.push(node)
    else lines.set(id, [node])
  }
  return {
    nodes: order.flatMap((id) => {
      const nodes = lines.get(id)
      return nodes === undefined ? [] : [{ id, nodes }]
    }),
    pods: podsOf(state, lines.get('moved') ?? []),
    capacity: spotYieldOf(state.landing),
  }
}
