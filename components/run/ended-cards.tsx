'use client'

import type { RunRecord } from '@/lib/contract/run'
import type { RunState } from '@/lib/domain/progress/state'
import { LeftoversCard } from './leftovers-card'
import { MigrateRest } from './migrate-rest'
import type { RunNode } from './node-rows'
import { OutcomeLedger } from './outcome-ledger'

type EndedCardsProps = { record: RunRecord; state: RunState; nodes: RunNode[] }

/** What became of a run that is over, what it left behind, and what to do about the rest. */
export const EndedCards = ({ record, state, nodes }: EndedCardsProps) => (
  <>
    <OutcomeLedger state={state} />
    <LeftoversCard state={state} terminates={record.options.shouldTerminateNodes} />
    <MigrateRest record={record} nodes={nodes} log={state.log} />
  </>
)
