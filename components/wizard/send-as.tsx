'use client'

import { useId, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { DraftBody } from '@/lib/contract/draft'
import type { Sending } from '@/lib/domain/plan/sending'
import { plural } from '@/lib/format/plural'
import { byNameHelp, byPoolHelp, notByPool, sendingText } from './sending-text'
import type { Plan } from './use-plan'

type ChoiceProps = { name: string; label: string; isOn: boolean; isDisabled?: boolean; onChoose: () => void; children: ReactNode }

const Choice = ({ name, label, isOn, isDisabled = false, onChoose, children }: ChoiceProps) => {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input type="radio" id={id} name={name} checked={isOn} disabled={isDisabled} onChange={onChoose} aria-describedby={`${id}-help`} className="mt-0.5 size-4 shrink-0 accent-accent" />
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        <div id={`${id}-help`} className="max-w-[80ch] text-xs text-text-2">
          {children}
        </div>
      </div>
    </div>
  )
}

/** Pools were chosen and no longer stand for the plan. */
const isGivenUp = ({ isByPoolWanted, sentPools }: Sending): boolean => isByPoolWanted && sentPools === null

/** How the plan is sent, in a sentence. Where pools were chosen and nodes are sent after all, that is said. */
export const SentAs = ({ plan: { sending, facts } }: { plan: Plan }) =>
  isGivenUp(sending) ? (
    <Notice role="status" tone="warning" title="Sent as nodes by name, not as the node pools that were chosen.">
      {notByPool(sending)}
    </Notice>
  ) : (
    <p className="max-w-[80ch]">{sendingText(sending, facts.nodes)}</p>
  )

type SendAsProps = { plan: Plan; nodeNames: readonly string[]; onChange: (part: Partial<DraftBody>) => void }

/** Nodes by name, or whole pools: what each means for nodes that nobody has looked at. */
export const SendAs = ({ plan: { sending, facts }, nodeNames, onChange }: SendAsProps) => {
  const name = useId()
  const closed = notByPool(sending)
  const missing = sending.gaps.flatMap(({ notSelected }) => notSelected)
  const canBeFilled = missing.length > 0 && sending.gaps.every(({ held, unable }) => held.length + unable.length === 0)
  if (facts.nodes === 0) return null
  return (
    <Card title="Send as">
      <div role="radiogroup" aria-label="Send as" className="grid gap-2.5">
        <Choice name={name} label="Nodes by name" isOn={sending.sentPools === null} onChoose={() => onChange({ sendAs: 'nodes' })}>
          {byNameHelp(facts.nodes)}
        </Choice>
        <Choice name={name} label="Node pools" isOn={sending.sentPools !== null} isDisabled={closed !== null} onChoose={() => onChange({ sendAs: 'pools' })}>
          {closed ?? byPoolHelp(sending)}
        </Choice>
      </div>
      {isGivenUp(sending) ? (
        <Notice role="status" tone="warning" title="Node pools were chosen before." className="mt-3">
          They no longer stand for this selection, so it is sent as nodes by name.
          <span className="mt-2 flex flex-wrap gap-2">
            {canBeFilled ? (
              <Button size="small" onClick={() => onChange({ nodeNames: [...nodeNames, ...missing] })}>
                Select the whole {plural(sending.gaps.length, 'pool')}
              </Button>
            ) : null}
            <Button size="small" onClick={() => onChange({ sendAs: 'nodes' })}>
              Keep nodes by name
            </Button>
          </span>
        </Notice>
      ) : null}
    </Card>
  )
}
