'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { keys } from '@/lib/queries/keys'
import { draftQuery, saveDraft } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { createSaver } from './draft-saver'

const refusals: ReadonlySet<string> = new Set(['not_found', 'invalid_input', 'body_too_large'])

const after = (ms: number, act: () => void) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/** A draft that is saved a moment after its last change, and at once when the page is left. */
export const useDraft = (clusterId: string, draftId: string | null) => {
  const client = useQueryClient()
  const query = useQuery({ ...draftQuery(clusterId, draftId ?? ''), enabled: draftId !== null })
  const [saveError, setSaveError] = useState<unknown>(null)
  const saver = useRef<ReturnType<typeof createSaver<DraftBody>>>(undefined)

  useEffect(() => {
    if (draftId === null) return
    const own = createSaver<DraftBody>({ send: (body) => saveDraft(clusterId, draftId, body), after, onResult: setSaveError, isWorthRepeating: (error) => !refusals.has(asProblem(error).code) })
    saver.current = own
    // The page itself is left, for another address or for good: nothing of it hears the answer.
    const leave = () => {
      const body = own.take()
      if (body !== null) void saveDraft(clusterId, draftId, body, { outlivesPage: true }).catch(() => null)
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      own.stop()
    }
  }, [clusterId, draftId])

  const change = (part: Partial<DraftBody>) => {
    const known = draftId === null ? undefined : client.getQueryData(draftQuery(clusterId, draftId).queryKey)
    if (draftId === null || known === undefined) return
    const { nodeNames, preferences, sendAs } = known
    const body = { nodeNames, preferences, sendAs, ...part }
    // The screen follows the person; the server's copy follows the screen.
    client.setQueryData<DraftAnswer>(keys.draft(clusterId, draftId), (known) => (known ? { ...known, ...body } : known))
    saver.current?.put(body)
  }
  return { query, change, flush: () => void saver.current?.flush(), saveError }
}
