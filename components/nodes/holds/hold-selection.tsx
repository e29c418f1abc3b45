'use client'

import { useMemo, useState } from 'react'
import { useLeftForm } from '@/components/domain/use-kept-form'
import { Button } from '@/components/ui/button'
import type { HoldRequest } from '@/lib/contract/holds'
import { canBeChosen } from '../choosable'
import type { IndexedNode } from '../node-index'
import { targetsOf } from './hold-form'
import { LazyHoldDialog } from './lazy-hold-dialog'

type HoldSelectionProps = { clusterId: string; chosen: readonly IndexedNode[]; all: readonly IndexedNode[]; onHeld: (nodeNames: string[]) => void }

const heldBy = ({ kind, names }: HoldRequest, all: readonly IndexedNode[]): string[] => {
  const held = new Set(names)
  return all.flatMap(({ nodeName, poolName }) => (held.has(kind === 'node' ? nodeName : poolName) ? [nodeName] : []))
}

/** Holds what is selected, as nodes or as whole pools. */
export const HoldSelection = ({ clusterId, chosen, all, onHeld }: HoldSelectionProps) => {
  const keptAs = `hold.${clusterId}`
  const left = useLeftForm(keptAs)
  const [isOpen, setIsOpen] = useState(left !== null)
  const targets = useMemo(() => (isOpen && chosen.length > 0 ? targetsOf(chosen, all.map((node) => ({ ...node, canBeChosen: canBeChosen(node) }))) : null), [isOpen, chosen, all])
  return (
    <>
      <Button onClick={() => setIsOpen(true)} disabledReason={chosen.length === 0 ? 'Select at least one node first.' : null}>
        Hold…
      </Button>
      {targets ? <LazyHoldDialog clusterId={clusterId} keptAs={keptAs} targets={targets} onClose={() => setIsOpen(false)} onHeld={(request) => onHeld(heldBy(request, all))} /> : null}
    </>
  )
}
