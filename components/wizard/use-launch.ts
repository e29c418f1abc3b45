'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { PreferencesInput } from '@/lib/contract/draft'
import type { LaunchAnswer } from '@/lib/contract/launch'
import { planHash } from '@/lib/contract/plan-hash'
import type { ReviewedPlan } from '@/lib/domain/plan/reviewed'
import type { RiskId } from '@/lib/domain/plan/risks'
import { keys } from '@/lib/queries/keys'
import { launch, launchQuery } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { forgetLaunchKey, launchKeyOf } from './launch-key'

export type LaunchInput = { reviewed: ReviewedPlan; preferences: PreferencesInput; acknowledged: ReadonlySet<RiskId>; typedClusterName: string | undefined }

const requestOf = async ({ reviewed: { nodeNames, ...reviewed }, preferences: { comment, ...options }, acknowledged, typedClusterName }: LaunchInput) => ({
  nodeNames,
  options,
  comment,
  reviewed,
  planHash: await planHash({ nodeNames, ...reviewed }, { options, comment }),
  acknowledged: [...acknowledged],
  ...(typedClusterName === undefined ? {} : { typedClusterName }),
})

/**
 * Sends the launch once, follows what becomes of it, and opens the run when there is one.
 * After an error the key stays: if the launch had arrived all the same, the next press gets it and sends nothing.
 */
export const useLaunch = (clusterId: string, draftId: string) => {
  const router = useRouter()
  const client = useQueryClient()
  const [launchId, setLaunchId] = useState<string | null>(null)
  const [isRecordingKept, setRecordingKept] = useState(true)
  const send = useMutation({
    mutationFn: async (input: LaunchInput) =>
      launch(clusterId, { ...(await requestOf(input)), launchKey: launchKeyOf(window.sessionStorage, draftId, () => crypto.randomUUID()), isRecordingKept }),
    onError: (error) => {
      // What the server has seen is not yet on this page.
      if (['plan_changed', 'risk_not_acknowledged'].includes(asProblem(error).code)) void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
    },
    onSuccess: (answer: LaunchAnswer) => {
      client.setQueryData(keys.launch(clusterId, answer.launchId), answer)
      setLaunchId(answer.launchId)
    },
  })
  const followed = useQuery({ ...launchQuery(clusterId, launchId ?? ''), enabled: launchId !== null })
  const answer = followed.data ?? send.data ?? null
  const migrationId = answer?.state === 'acked' ? answer.migrationId : null
  useEffect(() => {
    if (migrationId === null) return
    void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
    router.push(routes.run(clusterId, migrationId))
  }, [migrationId, client, clusterId, router])

  const startOver = () => {
    forgetLaunchKey(window.sessionStorage, draftId)
    setLaunchId(null)
    send.reset()
  }
  return { send, answer, startOver, isRecordingKept, setRecordingKept }
}
export type Launch = ReturnType<typeof useLaunch>
