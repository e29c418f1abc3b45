'use client'

import { useQueryState } from 'nuqs'
import { useEffect, useMemo, useState } from 'react'
import { createKnownBy, replayMarks, type ReplayMark } from '@/lib/domain/progress/replay'
import type { RunView } from '../run-feed'
import { runParams } from '../search-params'
import { viewAt } from './view-at'

/** How much faster than it happened; a run of an hour is over in two minutes at the default. */
export const replaySpeeds = [1, 10, 30, 120] as const
export type ReplaySpeed = (typeof replaySpeeds)[number]

const tickMs = 200

export type Replay = {
  fromMs: number
  untilMs: number
  /** The moment that is shown; null while the end is. */
  atMs: number | null
  marks: readonly ReplayMark[]
  isPlaying: boolean
  speed: ReplaySpeed
  setSpeed: (speed: ReplaySpeed) => void
  /** Goes to a moment and stays there. The end leaves the replay. */
  goTo: (atMs: number | null) => void
  play: () => void
  pause: () => void
}

/** The recording of an ended run, at a moment of the reader's choice. The moment stands in the address while it rests. */
export const useReplay = ({ changes, state }: Pick<RunView, 'changes' | 'state'>): Replay => {
  const [offset, setOffset] = useQueryState('at', runParams.at.withOptions({ history: 'replace' }))
  // Stays at the end once it was played to it, until the reader goes elsewhere.
  const [playedToMs, setPlayedTo] = useState<number | null>(null)
  const [speed, setSpeed] = useState<ReplaySpeed>(30)
  const fromMs = state.firstAtMs ?? 0
  const untilMs = Math.max(fromMs, state.lastAtMs ?? fromMs)
  const marks = useMemo(() => replayMarks(state), [state])
  const restingAtMs = offset === null || changes.length === 0 ? null : Math.min(untilMs, Math.max(fromMs, fromMs + offset))
  const isPlaying = playedToMs !== null && playedToMs < untilMs
  const atMs = playedToMs === null ? restingAtMs : isPlaying ? playedToMs : null

  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => setPlayedTo((at) => (at === null ? null : Math.min(untilMs, at + tickMs * speed))), tickMs)
    return () => clearInterval(timer)
  }, [isPlaying, speed, untilMs])

  const goTo = (wantedMs: number | null) => {
    setPlayedTo(null)
    void setOffset(wantedMs === null || wantedMs >= untilMs ? null : Math.round(Math.max(fromMs, wantedMs) - fromMs))
  }
  const play = () => {
    setPlayedTo(atMs ?? fromMs)
    void setOffset(null)
  }
  return { fromMs, untilMs, atMs, marks, isPlaying, speed, setSpeed, goTo, play, pause: () => goTo(atMs) }
}

/** The page's picture of the run at a moment of the recording. */
export const useReplayedView = <View extends RunView>(view: View, atMs: number | null): View => {
  const { changes } = view
  const knownBy = useMemo(() => createKnownBy(changes), [changes])
  return useMemo(() => (atMs === null ? view : viewAt(view, knownBy(atMs))), [view, knownBy, atMs])
}
