'use client'

import { useEffect, useState } from 'react'

/** How much faster than it would be; a run of an hour is over in a minute at the usual speed. */
export const playSpeeds = [10, 60, 300] as const
export type PlaySpeed = (typeof playSpeeds)[number]

const tickMs = 100
/** Whoever wants less motion sees the same in steps that can be followed. */
const calmTickMs = 1000

const wantsLessMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** A moment of a rehearsed run that moves by itself while it plays, and stays where it was put. Begins at the end. */
export const usePlayer = (untilMs: number) => {
  const [askedMs, setAsked] = useState<number | null>(null)
  const [isOn, setOn] = useState(false)
  const [speed, setSpeed] = useState<PlaySpeed>(60)
  const atMs = Math.min(askedMs ?? untilMs, untilMs)
  const isPlaying = isOn && atMs < untilMs

  useEffect(() => {
    if (!isPlaying) return
    const stepMs = wantsLessMotion() ? calmTickMs : tickMs
    const timer = setInterval(() => setAsked((at) => Math.min(untilMs, (at ?? 0) + stepMs * speed)), stepMs)
    return () => clearInterval(timer)
  }, [isPlaying, speed, untilMs])

  return {
    atMs,
    isPlaying,
    speed,
    setSpeed,
    goTo: (wantedMs: number) => {
      setOn(false)
      setAsked(wantedMs)
    },
    play: () => {
      if (atMs >= untilMs) setAsked(0)
      setOn(true)
    },
    pause: () => setOn(false),
  }
}

export type Player = ReturnType<typeof usePlayer>
