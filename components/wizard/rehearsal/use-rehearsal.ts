'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { asProblem } from '@/lib/queries/problem-error'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'
import type { Plan } from '../use-plan'
import type { Engine } from './engine'
import { rehearsalReducer } from './rehearsal-state'
import { isSamePlan, toRehearse } from './to-rehearse'

const noRuns: readonly RehearsedRun[] = []

/**
 * The rehearsal of a wizard's plan. It lives as long as the wizard is open, over all steps, and ends with it.
 * `summary.line` is what the run page draws beneath what really happens; send it only while `isOfThisPlan`.
 */
export const useRehearsal = (clusterId: string, plan: Plan) => {
  const client = useQueryClient()
  const [state, dispatch] = useReducer(rehearsalReducer, null)
  const [engine, setEngine] = useState<Engine | null>(null)
  const current = useRef<AbortController>(undefined)
  useEffect(() => () => current.current?.abort(), [])

  const wanted = useMemo(() => toRehearse(plan), [plan])
  const ofPlan = state?.plan ?? null
  const runs = state?.runs ?? noRuns
  const summary = useMemo(() => (engine === null || ofPlan === null || runs.length === 0 ? null : engine.summarise(ofPlan.nodeNames, runs)), [engine, ofPlan, runs])
  const isOfThisPlan = useMemo(() => ofPlan !== null && wanted !== null && isSamePlan(ofPlan, wanted), [ofPlan, wanted])

  const cancel = () => {
    current.current?.abort()
    dispatch({ kind: 'cancel' })
  }
  const start = async () => {
    if (wanted === null) return
    current.current?.abort()
    const { signal } = (current.current = new AbortController())
    dispatch({ kind: 'start', plan: wanted })
    try {
      const loaded = (await import('./engine')).engine
      if (signal.aborted) return
      setEngine(loaded)
      await loaded.begin({
        client,
        clusterId,
        plan: wanted,
        signal,
        onRead: (basis) => dispatch({ kind: 'read', basis }),
        onHeard: (messages) => dispatch({ kind: 'heard', messages }),
      })
    } catch (error) {
      if (!signal.aborted) dispatch({ kind: 'failed', sentence: asProblem(error).detail })
    }
  }
  return { state, summary, isOfThisPlan, canStart: wanted !== null, start: () => void start(), cancel }
}

export type Rehearsal = ReturnType<typeof useRehearsal>
