'use client'

import { Pause, Play, SkipBack, SkipForward } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { statusLook, type StatusName } from '@/components/ui/status'
import { cn } from '@/components/ui/cn'
import { replayMoments, type ReplayMark } from '@/lib/domain/progress/replay'
import { formatDuration } from '@/lib/format/duration'
import { visibleText } from '@/lib/format/safe-text'
import { clockTimeSeconds } from '@/lib/format/time'
import { replaySpeeds, type Replay } from './use-replay'

const markLook: Record<ReplayMark['kind'], StatusName> = { batch: 'moving', failed: 'failed', skipped: 'skipped', stop: 'untouched', gap: 'untouched' }

const speedOptions = replaySpeeds.map((speed) => ({ value: String(speed), label: speed === 1 ? 'as it was' : `${speed} times as fast` }))

/** The arrow keys go a two-hundredth of the run, however long it was; the last step is its end. */
const steps = 200
const stepOf = ({ fromMs, untilMs, atMs }: Replay): number => (atMs === null ? steps : Math.min(steps - 1, Math.round(((atMs - fromMs) / Math.max(1, untilMs - fromMs)) * steps)))
const momentOf = ({ fromMs, untilMs }: Replay, step: number): number | null => (step === steps ? null : fromMs + Math.round(((untilMs - fromMs) * step) / steps))

const Marks = ({ replay: { marks, fromMs, untilMs } }: { replay: Replay }) => (
  <div aria-hidden className="pointer-events-none absolute inset-x-2 top-0 h-2">
    {marks.map(({ atMs, kind, label }, index) => (
      <span
        key={`${label}-${index}`}
        className={cn('absolute top-0 h-2 w-0.5 rounded-sm', statusLook[markLook[kind]].fill)}
        style={{ left: `${((atMs - fromMs) / Math.max(1, untilMs - fromMs)) * 100}%` }}
      />
    ))}
  </div>
)

const Scrubber = ({ replay, words }: { replay: Replay; words: string }) => (
  <div className="relative min-w-40 flex-1 pt-2">
    <Marks replay={replay} />
    <input
      type="range"
      aria-label="Moment of the recording"
      aria-valuetext={words}
      min={0}
      max={steps}
      value={stepOf(replay)}
      onChange={(event) => replay.goTo(momentOf(replay, Number(event.target.value)))}
      className="block w-full accent-accent"
    />
  </div>
)

/** Stands at the last moment that is reached, so that the arrow keys go on from there. */
const JumpTo = ({ replay: { marks, fromMs, untilMs, atMs, goTo } }: { replay: Replay }) => {
  const moments = useMemo(() => replayMoments(marks, fromMs, untilMs), [marks, fromMs, untilMs])
  const reached = moments.findLast((moment) => moment.atMs <= (atMs ?? untilMs))
  return (
    <Select
      aria-label="Jump to"
      className="max-w-56"
      value={String(reached?.atMs)}
      options={moments.map((moment) => ({ value: String(moment.atMs), label: `${clockTimeSeconds(moment.atMs)}  ${visibleText(moment.label)}` }))}
      onChange={(value) => goTo(Number(value))}
    />
  )
}

const nothingBefore = 'Nothing comes before this moment.'
const nothingAfter = 'This is the end of the recording.'

/** Plays the recording of an ended run, or stops it at a moment; the rest of the page shows that moment. */
export const ReplayBar = ({ replay }: { replay: Replay }) => {
  const { atMs, fromMs, untilMs, marks, isPlaying } = replay
  const shownMs = atMs ?? untilMs
  const before = marks.findLast((mark) => mark.atMs < shownMs)
  const after = atMs === null ? undefined : marks.find((mark) => mark.atMs > shownMs)
  const words = atMs === null ? 'the end of the recording' : `${clockTimeSeconds(shownMs)}, ${formatDuration(shownMs - fromMs)} after the beginning`
  return (
    <section aria-label="Replay" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2.5">
      <span className="flex gap-1">
        <Button size="icon" variant="quiet" aria-label="To the moment before" icon={<SkipBack aria-hidden />} disabledReason={shownMs <= fromMs ? nothingBefore : null} onClick={() => replay.goTo(before?.atMs ?? fromMs)} />
        <Button size="icon" aria-label={isPlaying ? 'Pause the replay' : 'Play the recording'} icon={isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />} onClick={isPlaying ? replay.pause : replay.play} />
        <Button size="icon" variant="quiet" aria-label="To the next moment" icon={<SkipForward aria-hidden />} disabledReason={atMs === null ? nothingAfter : null} onClick={() => replay.goTo(after?.atMs ?? null)} />
      </span>
      <Scrubber replay={replay} words={words} />
      <p className="w-52 text-text-2">
        {atMs === null ? (
          'Shown: the end of the recording'
        ) : (
          <>
            Shown: <strong className="font-semibold text-text">{clockTimeSeconds(shownMs)}</strong>, {formatDuration(shownMs - fromMs)} in
          </>
        )}
      </p>
      <Select aria-label="Speed of the replay" value={String(replay.speed)} options={speedOptions} onChange={(value) => replay.setSpeed(replaySpeeds.find((speed) => String(speed) === value) ?? 30)} />
      <JumpTo replay={replay} />
      {atMs === null ? null : (
        <Button variant="quiet" onClick={() => replay.goTo(null)}>
          Back to the end
        </Button>
      )}
    </section>
  )
}
