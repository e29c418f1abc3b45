'use client'

import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { PreferencesInput } from '@/lib/contract/draft'
import type { LaunchAnswer } from '@/lib/contract/launch'
import { planHash } from '@/lib/contract/plan-hash'
import type { ReviewedPlan } from '@/lib/domain/plan/reviewed'
import type { RiskId } from '@/lib/domain/plan/risks'
import { keys } from '@/lib/queries/keys'
import { draftQuery, launch, launchQuery, saveDraft } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { forgetLaunchKey, launchKeyOf } from './launch-key'
import { rehearsedLineOf } from './rehearsed-line'
import type { Rehearsal } from './rehearsal/use-rehearsal'

/** `nodePoolNames` where node pools are sent in place of the nodes that were reviewed, else null. */
export type LaunchInput = { reviewed: ReviewedPlan; nodePoolNames: string[] | null; preferences: PreferencesInput; acknowledged: ReadonlySet<RiskId>; typedClusterName: string | undefined }

/** One of the two lists, never both. The reviewed nodes are named once: beside pools, in the review. */
const selectionOf = ({ reviewed, nodePoolNames }: LaunchInput) => {
  if (nodePoolNames !== null) return { nodePoolNames, reviewed }
  const { nodeNames, ...rest } = reviewed
  return { nodeNames, reviewed: rest }
}

const requestOf = async (input: LaunchInput) => {
  const { reviewed, nodePoolNames, preferences: { comment, ...options }, acknowledged, typedClusterName } = input
  return {
    ...selectionOf(input),
    options,
    comment,
    planHash: await planHash(reviewed, { options, comment, nodePoolNames: nodePoolNames ?? undefined }),
    acknowledged: [...acknowledged],
    ...(typedClusterName === undefined ? {} : { typedClusterName }),
  }
}

/** The plan is no longer an unfinished one. That this could not be noted is in nobody's way: it stays listed. */
const noteLaunched = async (client: QueryClient, clusterId: string, draftId: string): Promise<void> => {
  const known = client.getQueryData(draftQuery(clusterId, draftId).queryKey)
  if (known === undefined) return
  const { nodeNames, preferences, sendAs } = known
  await saveDraft(clusterId, draftId, { nodeNames, preferences, sendAs, isLaunched: true }).catch(() => null)
}

/**
 * Sends the launch once, follows what becomes of it, and opens the run when there is one.
 * After an error the key stays: if the launch had arrived all the same, the next press gets it and sends nothing.
 */
export const useLaunch = (clusterId: string, draftId: string, rehearsal: Rehearsal) => {
  const router = useRouter()
  const client = useQueryClient()
  const [launchId, setLaunchId] = useState<string | null>(null)
  const [isRecordingKept, setRecordingKept] = useState(true)
  const send = useMutation({
    mutationFn: async (input: LaunchInput) =>
      launch(clusterId, { ...(await requestOf(input)), launchKey: launchKeyOf(window.sessionStorage, draftId, () => crypto.randomUUID()), isRecordingKept, rehearsed: rehearsedLineOf(rehearsal, input) }),
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
    void noteLaunched(client, clusterId, draftId).then(() => client.invalidateQueries({ queryKey: keys.cluster(clusterId) }))
    router.push(routes.run(clusterId, migrationId))
  }, [migrationId, client, clusterId, draftId, router])

  const startOver = () => {
    forgetLaunchKey(window.sessionStorage, draftId)
    setLaunchId(null)
    send.reset()
  }
  return { send, answer, startOver, isRecordingKept, setRecordingKept }
}
export type Launch = ReturnType<typeof useLaunch>
