'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { keys } from '@/lib/queries/keys'
import { createDraft, draftQuery, saveDraft } from '@/lib/queries/launch'
import { routes } from '@/lib/routes'

/** The chosen names, and the step into the wizard with them. An open plan gives its selection and takes it back. */
export const usePlanSelection = (clusterId: string, draftId: string | null) => {
  const router = useRouter()
  const client = useQueryClient()
  const draft = useQuery({ ...draftQuery(clusterId, draftId ?? ''), enabled: draftId !== null })
  const [own, setOwn] = useState<ReadonlySet<string> | null>(null)
  const selected = own ?? new Set(draft.data?.nodeNames)
  const plan = useMutation({
    mutationFn: async (nodeNames: string[]) => {
      const known = draft.data
      // What was launched stays as it was: another selection is another plan.
      return known?.launch === null ? saveDraft(clusterId, known.draftId, { nodeNames, preferences: known.preferences, sendAs: known.sendAs }) : createDraft(clusterId, { nodeNames, preferences: known?.preferences })
    },
    onSuccess: (saved) => {
      client.setQueryData(keys.draft(clusterId, saved.draftId), saved)
      router.push(routes.migrate(clusterId, { draft: saved.draftId, step: 'nodes' }))
    },
  })
  return { selected, setSelected: setOwn, plan }
}
