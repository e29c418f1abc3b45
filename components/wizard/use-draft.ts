'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { DraftAnswer, DraftBody, DraftChange } from '@/lib/contract/draft'
import { keys } from '@/lib/queries/keys'
import { draftQuery, saveDraft } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { createSaver } from './draft-saver'

const refusals: ReadonlySet<string> = new Set(['not_found', 'invalid_input', 'body_too_large', 'draft_changed'])

const after = (ms: number, act: () => void) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/** What is saved, and the change of the draft on which it was made. */
type Unsaved = DraftBody & Pick<DraftChange, 'knownAtMs'>

const bodyOf = ({ nodeNames, preferences, sendAs }: DraftBody): DraftBody => ({ nodeNames, preferences, sendAs })

/** A draft that is saved a moment after its last change, and at once when the page is left. */
export const useDraft = (clusterId: string, draftId: string | null) => {
  const client = useQueryClient()
  const query = useQuery({ ...draftQuery(clusterId, draftId ?? ''), enabled: draftId !== null })
  const [saveError, setSaveError] = useState<unknown>(null)
  // What this page could not save because the draft was changed elsewhere.
  const [refused, setRefused] = useState<Unsaved | null>(null)
  const [resets, setResets] = useState(0)
  const saver = useRef<ReturnType<typeof createSaver<Unsaved>>>(undefined)

  useEffect(() => {
    if (draftId === null) return
    const send = async (unsaved: Unsaved) => {
      try {
        const { updatedAtMs } = await saveDraft(clusterId, draftId, unsaved)
        client.setQueryData<DraftAnswer>(keys.draft(clusterId, draftId), (known) => (known ? { ...known, updatedAtMs } : known))
        setRefused(null)
      } catch (error) {
        if (asProblem(error).code === 'draft_changed') setRefused(unsaved)
        throw error
      }
    }
    const own = createSaver<Unsaved>({ send, after, onResult: setSaveError, isWorthRepeating: (error) => !refusals.has(asProblem(error).code) })
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
      setRefused(null)
      setSaveError(null)
    }
  }, [client, clusterId, draftId])

  const change = (part: Partial<DraftBody>, knownAtMs?: number) => {
    const known = draftId === null ? undefined : client.getQueryData(draftQuery(clusterId, draftId).queryKey)
    if (draftId === null || known === undefined) return
    const body = { ...bodyOf(known), ...part }
    const updatedAtMs = knownAtMs ?? known.updatedAtMs
    // The screen follows the person; the server's copy follows the screen.
    client.setQueryData<DraftAnswer>(keys.draft(clusterId, draftId), (known) => (known ? { ...known, ...body, updatedAtMs } : known))
    saver.current?.put({ ...body, knownAtMs: updatedAtMs })
  }

  /** The draft as it was changed elsewhere; what was changed here since is given up. */
  const takeOther = async () => {
    if (draftId !== null) await client.fetchQuery({ ...draftQuery(clusterId, draftId), staleTime: 0 })
    settle()
  }
  /** What stands here in place of what was changed elsewhere by then. */
  const keepOwn = (changedAtMs: number) => {
    if (refused !== null) change(bodyOf(refused), changedAtMs)
    settle()
  }
  const settle = () => {
    setRefused(null)
    setSaveError(null)
    setResets((times) => times + 1)
  }
  return { query, change, flush: () => void saver.current?.flush(), saveError, conflict: refused === null ? null : { takeOther, keepOwn }, resets }
}
export type DraftConflict = NonNullable<ReturnType<typeof useDraft>['conflict']>
