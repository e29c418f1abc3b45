import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { splitIntoRuns, type BudgetLoads } from '@/lib/domain/batches/budget-load'
import { counted } from '@/lib/format/plural'
import { keys } from '@/lib/queries/keys'
import { createDraft } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { splitComments } from './split-comments'
import type { Plan } from './use-plan'

/** Keeps all but the named nodes as a plan of their own, and only then leaves them out of this one. */
export const useSplit = ({ clusterId, nodeNames, preferences, sendAs }: DraftAnswer, onChange: (body: DraftBody) => void) => {
  const client = useQueryClient()
  const comments = splitComments(preferences.comment)
  return useMutation({
    mutationFn: (first: readonly string[]) => {
      const named = new Set(first)
      return createDraft(clusterId, { nodeNames: nodeNames.filter((name) => !named.has(name)), preferences: { ...preferences, comment: comments.rest }, sendAs })
    },
    onSuccess: (_rest, first) => {
      onChange({ nodeNames: [...first], preferences: { ...preferences, comment: comments.first } })
      void client.invalidateQueries({ queryKey: keys.drafts(clusterId) })
    },
  })
}
export type Split = ReturnType<typeof useSplit>

/** The way out where no batch size keeps nodes apart. */
export const SeveralRuns = ({ plan, loads, split }: { plan: Plan; loads: BudgetLoads; split: Split }) => {
  const runs = useMemo(() => splitIntoRuns(plan.partition.willMove, loads), [plan.partition, loads])
  const [first = []] = runs
  if (runs.length < 2) return null
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>
          The API takes no order: to keep nodes apart at this batch size takes {counted(runs.length, 'run')}, the first of {counted(first.length, 'node')}. The rest is kept as an unfinished plan.
        </span>
        <Button size="small" isBusy={split.isPending} onClick={() => split.mutate(first.map(({ nodeName }) => nodeName))}>
          Plan the first run, keep the rest
        </Button>
      </p>
      {split.error ? <FormError error={asProblem(split.error)} /> : null}
    </>
  )
}

/** Where what was split off is found. */
export const SplitOff = ({ split: { data: rest } }: { split: Split }) =>
  rest === undefined ? null : (
    <p role="status" className="mt-2 border-t border-line pt-2">
      The other {counted(rest.nodeNames.length, 'node')} of this plan {rest.nodeNames.length === 1 ? 'is' : 'are'} kept:{' '}
      <Link href={routes.migrate(rest.clusterId, { draft: rest.draftId })} className="text-accent underline">
        the plan from the next run on
      </Link>
      , also found under Unfinished plans. Launch it when this run has ended.
    </p>
  )
