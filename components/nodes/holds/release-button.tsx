'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { formatCount } from '@/lib/format/numbers'
import { releaseHolds } from '@/lib/queries/holds'
import { asProblem } from '@/lib/queries/problem-error'

type ReleaseButtonProps = { clusterId: string; holdIds: readonly string[]; words: string }

/** Ends holds at once; nothing moves by that alone. */
export const ReleaseButton = ({ clusterId, holdIds, words }: ReleaseButtonProps) => {
  const client = useQueryClient()
  const release = useMutation({
    mutationFn: () => releaseHolds(client, clusterId, holdIds),
    onSuccess: ({ released }) =>
      toast(
        released === holdIds.length
          ? { tone: 'done', title: `Released: ${words}`, detail: 'Plans may take it again.' }
          : { tone: 'done', title: `Released: ${formatCount(released)} of ${formatCount(holdIds.length)}`, detail: 'The others had ended, or somebody had released or changed them meanwhile. What is still held stands under Holds.' },
      ),
    onError: (error) => toast({ tone: 'error', title: 'Not released', detail: asProblem(error).detail }),
  })
  return (
    <Button size="small" isBusy={release.isPending} onClick={() => release.mutate()}>
      Release {words}
    </Button>
  )
}
