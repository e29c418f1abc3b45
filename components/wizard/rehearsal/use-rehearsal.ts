'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useReducer, useRef } from 'react'
import { asProblem } from '@/lib/queries/problem-error'
import { rehearsalFactsQuery } from '@/lib/queries/rehearsal'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'
import { summarise } from '@/lib/rehearsal/summary'
import type { Plan } from '../use-plan'
import { basisOf } from './basis'
import type { RehearsalMessage } from './messages'
import { rehearsalReducer, wantedSeeds } from './rehearsal-state'
import { isSamePlan, toRehearse } from './to-rehearse'
import { startWorkers } from './workers'

/** Results are summed up at most this often. */
const drawEveryMs = 250

const noRuns: readonly RehearsedRun[] = []

/** Hands messages on in bundles, so that a fast worker does not keep the page drawing. */
const bundled = (hear: (messages: RehearsalMessage[]) => void) => {
  let waiting: RehearsalMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const messages = waiting
    waiting = []
    hear(messages)
  }
  return {
    take: (message: RehearsalMessage) => {
      waiting.push(message)
      timer ??= setTimeout(flush, drawEveryMs)
    },
    drop: () => clearTimeout(timer),
  }
}

/**
 * The rehearsal of a wizard's plan. It lives as long as the wizard is open, over all steps, and ends with it.
 * `summary.line` is what the run page draws beneath what really happens; send it only while `isOfThisPlan`.
 */
export const useRehearsal = (clusterId: string, plan: Plan) => {
  const client = useQueryClient()
  const [state, dispatch] = useReducer(rehearsalReducer, null)
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])

  const wanted = useMemo(() => toRehearse(plan), [plan])
  const ofPlan = state?.plan ?? null
  const runs = state?.runs ?? noRuns
  const summary = useMemo(() => (ofPlan === null || runs.length === 0 ? null : summarise(ofPlan.nodeNames, runs)), [ofPlan, runs])
  const isOfThisPlan = useMemo(() => ofPlan !== null && wanted !== null && isSamePlan(ofPlan, wanted), [ofPlan, wanted])

  const cancel = () => {
    stop.current()
    dispatch({ kind: 'cancel' })
  }
  const start = async () => {
    if (wanted === null) return
    stop.current()
    const { queryKey } = rehearsalFactsQuery(clusterId)
    let isOver = false
    stop.current = () => {
      isOver = true
      void client.cancelQueries({ queryKey })
    }
    dispatch({ kind: 'start', plan: wanted })
    try {
      const answer = await client.fetchQuery(rehearsalFactsQuery(clusterId))
      if (isOver) return
      dispatch({ kind: 'read', basis: basisOf(answer, wanted) })
      const { take, drop } = bundled((messages) => dispatch({ kind: 'heard', messages }))
      const end = startWorkers({ facts: answer.facts, plan: wanted, seeds: wantedSeeds }, take, navigator.hardwareConcurrency)
      stop.current = () => {
        drop()
        end()
      }
    } catch (error) {
      if (!isOver) dispatch({ kind: 'failed', sentence: asProblem(error).detail })
    }
  }
  return { state, summary, isOfThisPlan, canStart: wanted !== null, start: () => void start(), cancel }
}

export type Rehearsal = ReturnType<typeof useRehearsal>
