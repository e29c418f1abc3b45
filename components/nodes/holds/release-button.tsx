'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { releaseHolds } from '@/lib/queries/holds'
import { asProblem } from '@/lib/queries/problem-error'

type ReleaseButtonProps = { clusterId: string; holdIds: readonly string[]; words: string }

/** Ends holds at once; nothing moves by that alone. */
export const ReleaseButton = ({ clusterId, holdIds, words }: ReleaseButtonProps) => {
  const client = useQueryClient()
  const release = useMutation({
    mutationFn: () => releaseHolds(client, clusterId, holdIds),
    onSuccess: () => toast({ tone: 'done', title: `Released: ${words}`, detail: 'Plans may take it again.' }),
    onError: (error) => toast({ tone: 'error', title: 'Not released', detail: asProblem(error).detail }),
  })
  return (
    <Button size="small" isBusy={release.isPending} onClick={() => release.mutate()}>
      Release {words}
    </Button>
  )
}
