'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Freshness } from '@/lib/contract/run'
import { keepAnswer } from '@/lib/queries/keep-answer'
import { keys } from '@/lib/queries/keys'
import { asProblem } from '@/lib/queries/problem-error'
import { recordingQuery, setRecording } from '@/lib/queries/recording'
import { recordingWords } from './recording-state'

type RecordingNoticeProps = { clusterId: string; migrationId: string; state: Freshness['state'] | null }

/** How the run goes on being recorded when this page is closed, and the one thing to do about it. */
export const RecordingNotice = ({ clusterId, migrationId, state }: RecordingNoticeProps) => {
  const client = useQueryClient()
  const { data, refetch } = useQuery(recordingQuery(clusterId, migrationId))
  const set = useMutation({
    mutationFn: (isKept: boolean) => setRecording(clusterId, migrationId, isKept),
    onSuccess: (answer) => keepAnswer(client, keys.recording(clusterId, migrationId), answer),
    onError: () => void refetch(),
  })
  // A token that stops working is told by the stream before the next question would be asked.
  useEffect(() => void refetch(), [state, refetch])
  if (!data) return null
  const { tone, title, sentence, action } = recordingWords(data, state)
  return (
    <Notice className="mt-3" role="status" tone={tone}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1">
          <strong className="font-semibold">{title}</strong> {sentence}
        </p>
        {action ? (
          <Button isBusy={set.isPending} onClick={() => set.mutate(action.isKept)}>
            {action.label}
          </Button>
        ) : null}
      </div>
      {set.error ? <FormError error={asProblem(set.error)} /> : null}
    </Notice>
  )
}
