'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { keys } from '@/lib/queries/keys'
import { draftQuery, saveDraft } from '@/lib/queries/launch'

const saveAfterMs = 400

/** A draft that is saved a moment after its last change, and at once when the page is left. */
export const useDraft = (clusterId: string, draftId: string | null) => {
  const client = useQueryClient()
  const query = useQuery({ ...draftQuery(clusterId, draftId ?? ''), enabled: draftId !== null })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const waiting = useRef<DraftBody | null>(null)
  const save = useMutation({ mutationFn: (body: DraftBody) => saveDraft(clusterId, draftId ?? '', body) })
  const { mutate } = save

  const flush = () => {
    clearTimeout(timer.current)
    if (waiting.current === null) return
    mutate(waiting.current)
    waiting.current = null
  }
  const flushLatest = useRef(flush)
  useEffect(() => {
    flushLatest.current = flush
  })
  useEffect(() => () => flushLatest.current(), [])
  useEffect(() => {
    // The page itself is left, for another address or for good: nothing of it hears the answer.
    const leave = () => {
      const body = waiting.current
      waiting.current = null
      if (body !== null && draftId !== null) void saveDraft(clusterId, draftId, body, { outlivesPage: true }).catch(() => null)
    }
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [clusterId, draftId])

  const change = (part: Partial<DraftBody>) => {
    const known = draftId === null ? undefined : client.getQueryData(draftQuery(clusterId, draftId).queryKey)
    if (draftId === null || known === undefined) return
    const { nodeNames, preferences, sendAs, isLaunched } = known
    const body = { nodeNames, preferences, sendAs, isLaunched, ...part }
    // The screen follows the person; the server's copy follows the screen.
    client.setQueryData<DraftAnswer>(keys.draft(clusterId, draftId), (known) => (known ? { ...known, ...body } : known))
    waiting.current = body
    clearTimeout(timer.current)
    timer.current = setTimeout(() => flushLatest.current(), saveAfterMs)
  }
  return { query, change, flush, saveError: save.error }
}
