import type { RunDocument } from '@/lib/contract/run-export'
import { ledgerOf, type Ledger } from '@/lib/domain/outcome/ledger'
import { leftoversOf } from '@/lib/domain/outcome/leftovers'
import type { LandingLook, LandingState } from '@/lib/domain/progress/landing'
import type { RunState } from '@/lib/domain/progress/state'
import { instant } from './instant'

const unknown = (why: string) => ({ count: null, why })
const known = (count: number) => ({ count, why: null })

const ledgerPart = ({ nodes, capacity, pods: { left, lostOnPurpose, pending } }: Ledger): RunDocument['ledger'] => ({
  nodes: nodes.map((line) => ({ line: line.id, count: line.nodes.length })),
  pods: {
    leftMovedNodes: left,
    lostOnPurpose: lostOnPurpose.state === 'known' ? known(lostOnPurpose.pods.length) : unknown(lostOnPurpose.why),
    pending: pending.state === 'known' ? known(pending.pods) : unknown(pending.why),
  },
  capacity,
})

const podsOf = ({ pods }: LandingLook) => {
  if (pods.state !== 'read') return null
  const { onNew, onOld, elsewhere, pending, reasons } = pods
  return { onNew, onOld, elsewhere, pending, reasons }
}

const landingPart = ({ looks, newNodes }: LandingState): RunDocument['landing'] => ({
  looks: looks.map((look) => ({ at: instant(look.atMs), batch: look.batch, isLast: look.isLast, problem: look.problem, pods: podsOf(look) })),
  nodes: [...newNodes.values()].map(({ nodeName: name, poolName: pool, seenAtMs, goneAtMs, ...node }) => ({ name, pool, ...node, seenAt: instant(seenAtMs), goneAt: instant(goneAtMs) })),
})

/** What a run's file tells of where its nodes landed, and of what was left behind. */
export const landingParts = (state: RunState, terminates: boolean | null): Pick<RunDocument, 'ledger' | 'landing' | 'leftovers'> => ({
  ledger: ledgerPart(ledgerOf(state)),
  landing: landingPart(state.landing),
  leftovers: leftoversOf(state, terminates).map(({ id, sentence, remedy, commands, nodes }) => ({
    kind: id,
    sentence,
    nextStep: remedy,
    commands,
    nodes: nodes.map(({ nodeName: name, poolName: pool, isCordoned, pods }) => ({ name, pool, isCordoned, pods })),
  })),
})
