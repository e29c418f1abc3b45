'use client'

import { useMutation } from '@tanstack/react-query'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import type { DraftConflict as Ways } from './use-draft'

type DraftConflictProps = { error: unknown; conflict: Ways }

/** A plan that two have changed at once: a person says which of the two it is. */
export const DraftConflict = ({ error, conflict: { takeOther, keepOwn } }: DraftConflictProps) => {
  const take = useMutation({ mutationFn: takeOther })
  const { changedBy, changedAtMs } = asProblem(error).facts
  if (typeof changedBy !== 'string' || typeof changedAtMs !== 'number') return <FormError error={asProblem(error)} />
  return (
    <Notice
      role="alert"
      className="mb-3"
      tone="warning"
      title="This plan was changed elsewhere."
      action={
        <span className="flex flex-wrap gap-2">
          <Button isBusy={take.isPending} onClick={() => take.mutate()}>
            Take the plan as it was changed
          </Button>
          <Button onClick={() => keepOwn(changedAtMs)}>Keep the plan on this page</Button>
        </span>
      }
    >
      By {visibleText(changedBy)}, <Time atMs={changedAtMs} />, after this page had read it. What you have changed here since is not saved: one of the two counts, the other is given up.
      {take.error ? <FormError error={asProblem(take.error)} /> : null}
    </Notice>
  )
}
