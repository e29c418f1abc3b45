'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { keepSelection, keptSelection, tickedOf } from '@/components/domain/kept-selection'
import { keys } from '@/lib/queries/keys'
import { createDraft, draftQuery, saveDraft } from '@/lib/queries/launch'
import { routes } from '@/lib/routes'
import type { NodesView } from './use-nodes-view'

type Names = ReadonlySet<string>

/** What is ticked: on this page, else as it was kept in the tab, else as the plan has it. */
const useTicked = (clusterId: string, draftId: string | null, planned: readonly string[] | undefined): [Names, (names: Names) => void] => {
  const [own, setOwn] = useState<{ draftId: string | null; names: Names } | null>(null)
  // The server draws no rows, so it makes no difference that it knows nothing of the tab.
  const kept = useMemo(() => (typeof window === 'undefined' ? null : keptSelection(window.sessionStorage, clusterId, draftId)), [clusterId, draftId])
  const names = useMemo(() => (own?.draftId === draftId ? own.names : tickedOf(kept, planned)), [own, draftId, kept, planned])
  const tick = (ticked: Names) => {
    keepSelection(window.sessionStorage, clusterId, draftId, { ticked, from: planned ?? [] })
    setOwn({ draftId, names: ticked })
  }
  return [names, tick]
}

/** The chosen names, and the step into the wizard with them. An open plan gives its selection and takes it back. */
export const usePlanSelection = (clusterId: string, { params: { draft: draftId }, setParams }: NodesView) => {
  const router = useRouter()
  const client = useQueryClient()
  const draft = useQuery({ ...draftQuery(clusterId, draftId ?? ''), enabled: draftId !== null })
  const [selected, setSelected] = useTicked(clusterId, draftId, draft.data?.nodeNames)
  const plan = useMutation({
    mutationFn: async (nodeNames: string[]) => {
      const known = draft.data
      // What was launched stays as it was: another selection is another plan.
      return known?.launch === null ? saveDraft(clusterId, known.draftId, { nodeNames, preferences: known.preferences, sendAs: known.sendAs, knownAtMs: known.updatedAtMs }) : createDraft(clusterId, { nodeNames, preferences: known?.preferences })
    },
    // Changed by somebody meanwhile: it is read, so that the next press rests on it.
    onError: () => void client.invalidateQueries({ queryKey: keys.draft(clusterId, draftId ?? ''), exact: true }),
    onSuccess: async (saved) => {
      // From here on the plan holds the selection.
      keepSelection(window.sessionStorage, clusterId, draftId, null)
      client.setQueryData(keys.draft(clusterId, saved.draftId), saved)
      // The way back from the wizard leads to the selection of this plan.
      await setParams({ draft: saved.draftId })
      router.push(routes.migrate(clusterId, { draft: saved.draftId, step: 'nodes' }))
    },
  })
  return { selected, setSelected, plan }
}
