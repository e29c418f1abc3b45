'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import { counted } from '@/lib/format/plural'
import { formatCount } from '@/lib/format/numbers'
import type { IndexedNode } from './node-index'
import { podsText } from './words'

type SelectionBarProps = {
  selected: readonly IndexedNode[]
  /** How many were selected and can no longer be. */
  dropped: number
  /** How many of the selected pass no filter. */
  unlisted: number
  /** Null until the nodes were read. */
  total: number | null
  ready: readonly IndexedNode[]
  isBusy: boolean
  /** The button that holds the selection. */
  hold: ReactNode
  onSelectReady: () => void
  onKeepListed: () => void
  onClear: () => void
  onPlan: () => void
}

/** What is chosen, what it amounts to, and the way on. */
export const SelectionBar = ({ selected, dropped, unlisted, total, ready, isBusy, hold, onSelectReady, onKeepListed, onClear, onPlan }: SelectionBarProps) => {
  const withFindings = selected.filter(({ reasons }) => reasons.length > 0).length
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <strong className="font-semibold" aria-live="polite">
        {total === null ? 'The nodes have not been read' : `${formatCount(selected.length)} of ${formatCount(total)} selected`}
      </strong>
      {unlisted > 0 ? (
        <span className="text-text-2">
          {formatCount(unlisted)} of them not listed{' '}
          <Button variant="quiet" size="small" onClick={onKeepListed}>
            Keep only the listed
          </Button>
        </span>
      ) : null}
      {dropped > 0 ? (
        <span className="flex" title="Held, unable or gone since: a plan leaves them out.">
          <Status name="warning">{formatCount(dropped)} no longer selectable</Status>
        </span>
      ) : null}
      {selected.length > 0 ? <span className="text-text-2">{podsText(selected)}</span> : null}
      {withFindings > 0 ? <Status name="warning">{counted(withFindings, 'node')} with findings</Status> : null}
      <div className="ml-auto flex flex-wrap gap-2">
        <Button onClick={onSelectReady} disabledReason={ready.length === 0 ? 'None of the listed nodes is ready.' : null}>
          Select all {formatCount(ready.length)} ready
        </Button>
        <Button variant="quiet" onClick={onClear} disabledReason={selected.length + dropped === 0 ? 'Nothing is selected.' : null}>
          Clear
        </Button>
        {hold}
        <Button variant="primary" isBusy={isBusy} onClick={onPlan} disabledReason={selected.length === 0 ? 'Select at least one node first.' : null}>
          Plan migration
        </Button>
      </div>
    </div>
  )
}
