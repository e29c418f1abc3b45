'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { DraftAnswer } from '@/lib/contract/draft'
import { visibleText } from '@/lib/format/safe-text'
import { createDraft } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import type { Launch } from './use-launch'

/** A plan that has become a migration says so on every step, and is planned again only when somebody asks for it. */
export const LaunchedPlan = ({ launch: { answer, isOwn }, draft: { clusterId, nodeNames, preferences, sendAs } }: { launch: Launch; draft: DraftAnswer }) => {
  const router = useRouter()
  const again = useMutation({
    mutationFn: () => createDraft(clusterId, { nodeNames, preferences, sendAs }),
    onSuccess: ({ draftId }) => router.push(routes.migrate(clusterId, { draft: draftId, step: 'nodes' })),
  })
  if (answer?.state !== 'acked' || answer.migrationId === null || isOwn) return null
  return (
    <>
      <Notice
        role="status"
        title={`This plan was launched as ${answer.migrationId}.`}
        className="mb-3"
        action={
          <span className="flex flex-wrap gap-2">
            <Link href={routes.run(clusterId, answer.migrationId)} className={buttonLook({})}>
              Open run
            </Link>
            <Button isBusy={again.isPending} onClick={() => again.mutate()}>
              Plan again
            </Button>
          </span>
        }
      >
        {answer.startedBy === '' ? 'Somebody' : visibleText(answer.startedBy)} started it <Time atMs={answer.createdAtMs} />. A plan becomes one migration: Plan again makes a new plan with the same nodes and preferences, and starts nothing.
      </Notice>
      {again.error ? <FormError error={asProblem(again.error)} /> : null}
    </>
  )
}
