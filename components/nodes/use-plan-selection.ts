'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { keepSelection, keptSelection } from '@/components/domain/kept-selection'
import { keys } from '@/lib/queries/keys'
import { createDraft, draftQuery, saveDraft } from '@/lib/queries/launch'
import { routes } from '@/lib/routes'

type Names = ReadonlySet<string>

/** The server draws no rows, so it makes no difference that it knows nothing of the tab. */
const useKeptSelection = (clusterId: string, draftId: string | null): [Names | null, (names: Names | null) => void] => {
  const [own, setOwn] = useState<Names | null>(() => (typeof window === 'undefined' ? null : keptSelection(window.sessionStorage, clusterId, draftId)))
  const keep = (names: Names | null) => {
    keepSelection(window.sessionStorage, clusterId, draftId, names)
    setOwn(names)
  }
  return [own, keep]
}

/** The chosen names, and the step into the wizard with them. An open plan gives its selection and takes it back. */
export const usePlanSelection = (clusterId: string, draftId: string | null) => {
  const router = useRouter()
  const client = useQueryClient()
  const draft = useQuery({ ...draftQuery(clusterId, draftId ?? ''), enabled: draftId !== null })
  const [own, keep] = useKeptSelection(clusterId, draftId)
  const selected = own ?? new Set(draft.data?.nodeNames)
  const plan = useMutation({
    mutationFn: async (nodeNames: string[]) => {
      const known = draft.data
      // What was launched stays as it was: another selection is another plan.
      return known?.launch === null ? saveDraft(clusterId, known.draftId, { nodeNames, preferences: known.preferences, sendAs: known.sendAs, knownAtMs: known.updatedAtMs }) : createDraft(clusterId, { nodeNames, preferences: known?.preferences })
    },
    // Changed by somebody meanwhile: it is read, so that the next press rests on it.
    onError: () => void client.invalidateQueries({ queryKey: keys.draft(clusterId, draftId ?? ''), exact: true }),
    onSuccess: (saved) => {
      // From here on the plan holds the selection.
      keepSelection(window.sessionStorage, clusterId, draftId, null)
      client.setQueryData(keys.draft(clusterId, saved.draftId), saved)
      router.push(routes.migrate(clusterId, { draft: saved.draftId, step: 'nodes' }))
    },
  })
  return { selected, setSelected: keep, plan }
}
