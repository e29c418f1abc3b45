'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { DraftAnswer, PreferencesInput } from '@/lib/contract/draft'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { planHash } from '@/lib/contract/plan-hash'
import type { ReviewedPlan } from '@/lib/domain/plan/reviewed'
import type { RiskId } from '@/lib/domain/plan/risks'
import { keys } from '@/lib/queries/keys'
import { launch, launchQuery } from '@/lib/queries/launch'
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

/** Refusals by facts that the server has seen and this page has not. */
const newsToUs: ReadonlySet<string> = new Set(['plan_changed', 'risk_not_acknowledged', 'plan_launched'])

/**
 * Sends the launch once, follows what becomes of it, and opens the run when there is one. A launch that another
 * page has sent for this plan, or this one before a reload, is followed as well; only its own opens the run by itself.
 * After an error the key stays: if the launch had arrived all the same, the next press gets it and sends nothing.
 */
export const useLaunch = (clusterId: string, { draftId, launch: known }: DraftAnswer, rehearsal: Rehearsal) => {
  const router = useRouter()
  const client = useQueryClient()
  const [ownId, setOwnId] = useState<string | null>(null)
  const [doneWith, setDoneWith] = useState<string | null>(null)
  const [isRecordingKept, setRecordingKept] = useState(true)
  const send = useMutation({
    mutationFn: async (input: LaunchInput) =>
      launch(clusterId, { ...(await requestOf(input)), draftId, launchKey: launchKeyOf(window.sessionStorage, draftId, () => crypto.randomUUID()), isRecordingKept, rehearsed: rehearsedLineOf(rehearsal, input) }),
    onError: (error) => {
      const { code } = asProblem(error)
      if (code === 'launch_key_used') forgetLaunchKey(window.sessionStorage, draftId)
      if (newsToUs.has(code)) void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
    },
    onSuccess: (answer: LaunchAnswer) => {
      client.setQueryData(keys.launch(clusterId, answer.launchId), answer)
      setOwnId(answer.launchId)
      void client.invalidateQueries({ queryKey: keys.cluster(clusterId), exact: true })
    },
  })
  const earlier = known !== null && known.launchId !== doneWith ? known : null
  const followedId = ownId ?? earlier?.launchId ?? null
  const followed = useQuery({ ...launchQuery(clusterId, followedId ?? ''), enabled: followedId !== null })
  const answer = followed.data ?? send.data ?? earlier
  const migrationId = answer?.state === 'acked' && answer.launchId === ownId ? answer.migrationId : null
  useEffect(() => {
    if (migrationId === null) return
    // The key has served: whoever comes back to this plan means another launch.
    forgetLaunchKey(window.sessionStorage, draftId)
    void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
    router.push(routes.run(clusterId, migrationId))
  }, [migrationId, client, clusterId, draftId, router])

  const startOver = () => {
    forgetLaunchKey(window.sessionStorage, draftId)
    setDoneWith(followedId)
    setOwnId(null)
    send.reset()
  }
  return { send, answer, isOwn: answer !== null && answer.launchId === ownId, startOver, isRecordingKept, setRecordingKept }
}
export type Launch = ReturnType<typeof useLaunch>
