'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Dialog } from '@/components/ui/dialog'
import { Time } from '@/components/ui/time'
import type { DraftsAnswer } from '@/lib/contract/draft'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { keepAnswer } from '@/lib/queries/keep-answer'
import { keys } from '@/lib/queries/keys'
import { deleteDraft, draftsQuery } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'

type UnfinishedPlan = DraftsAnswer['drafts'][number]

const shownAtFirst = 3

const nameOf = ({ nodes, createdBy }: UnfinishedPlan) => `${counted(nodes, 'node')}, begun by ${visibleText(createdBy)}`

type DeletePlanProps = { clusterId: string; plan: UnfinishedPlan; onClose: () => void }

const DeletePlan = ({ clusterId, plan, onClose }: DeletePlanProps) => {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteDraft(clusterId, plan.draftId),
    onSuccess: async (answer) => {
      await keepAnswer(client, keys.drafts(clusterId), answer)
      onClose()
    },
    // Somebody else may have deleted it already: the list behind the dialog says so.
    onError: () => void client.invalidateQueries({ queryKey: keys.drafts(clusterId) }),
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Delete an unfinished plan"
      description={`The plan of ${nameOf(plan)}, is deleted for everyone. It was never launched: nothing changes in the cluster.`}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" isBusy={remove.isPending} onClick={() => remove.mutate()}>
            Delete the plan
          </Button>
        </>
      }
    >
      {remove.error ? <FormError error={asProblem(remove.error)} /> : null}
    </Dialog>
  )
}

const PlanRow = ({ clusterId, plan, onDelete }: { clusterId: string; plan: UnfinishedPlan; onDelete: () => void }) => (
  <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
    <span className="min-w-0 break-words">
      <strong className="font-semibold">{counted(plan.nodes, 'node')}</strong>, begun by {visibleText(plan.createdBy)}, last changed <Time atMs={plan.updatedAtMs} />
      {plan.comment === '' ? null : <>, “{visibleText(plan.comment)}”</>}
    </span>
    <span className="flex gap-2">
      <Link href={routes.migrate(clusterId, { draft: plan.draftId })} className={buttonLook({})} aria-label={`Go on with the plan of ${nameOf(plan)}`}>
        Go on
      </Link>
      <Button variant="quiet" onClick={onDelete} aria-label={`Delete the plan of ${nameOf(plan)}`}>
        Delete
      </Button>
    </span>
  </li>
)

/** Plans that somebody began in this cluster and nobody launched. Nothing while there is none. */
export const UnfinishedPlans = ({ clusterId, className }: { clusterId: string; className?: string }) => {
  const { data, error } = useQuery(draftsQuery(clusterId))
  const [isWhole, setWhole] = useState(false)
  const [doomed, setDoomed] = useState<UnfinishedPlan | null>(null)
  if (error) return <p className={className}>Unfinished plans could not be read. {asProblem(error).detail}</p>
  if (data === undefined || data.drafts.length === 0) return null
  const shown = isWhole ? data.drafts : data.drafts.slice(0, shownAtFirst)
  const rest = data.drafts.length - shown.length
  return (
    <Card title="Unfinished plans" aside={`kept for ${counted(data.keptDays, 'day')} after their last change`} className={className}>
      <ul className="-my-2 divide-y divide-line">
        {shown.map((plan) => (
          <PlanRow key={plan.draftId} clusterId={clusterId} plan={plan} onDelete={() => setDoomed(plan)} />
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="quiet" className="mt-2" onClick={() => setWhole(true)}>
          Show {rest} more
        </Button>
      ) : null}
      {doomed === null ? null : <DeletePlan clusterId={clusterId} plan={doomed} onClose={() => setDoomed(null)} />}
    </Card>
  )
}
