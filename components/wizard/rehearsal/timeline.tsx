'use client'

import { Pause, Play } from 'lucide-react'
import { useMemo } from 'react'
import { OutcomeBar, OutcomeLegend } from '@/components/domain/outcome-bar'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { counted, plural } from '@/lib/format/plural'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'
import { momentAt, rehearsedBatches, type Moment, type RehearsedBatch } from './moments'
import { playSpeeds, usePlayer, type Player } from './use-player'

const speedOptions = playSpeeds.map((speed) => ({ value: String(speed), label: `${speed} times as fast` }))

/** The arrow keys go a two-hundredth of the run; the last step is its end. */
const steps = 200

const Controls = ({ player, untilMs }: { player: Player; untilMs: number }) => {
  const { atMs, isPlaying, speed } = player
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button
        size="icon"
        aria-label={isPlaying ? 'Pause the rehearsed run' : 'Play the rehearsed run'}
        icon={isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
        onClick={isPlaying ? player.pause : player.play}
      />
      <input
        type="range"
        aria-label="Moment of the rehearsed run"
        aria-valuetext={`${formatDuration(atMs)} of ${formatDuration(untilMs)} after the launch`}
        min={0}
        max={steps}
        value={Math.round((atMs / Math.max(1, untilMs)) * steps)}
        onChange={(event) => player.goTo((Number(event.target.value) / steps) * untilMs)}
        className="min-w-40 flex-1 accent-accent"
      />
      <span className="w-44 text-text-2">
        <strong className="font-semibold text-text">{formatDuration(atMs)}</strong> of {formatDuration(untilMs)}
      </span>
      <Select aria-label="Speed of the rehearsed run" value={String(speed)} options={speedOptions} onChange={(value) => player.setSpeed(playSpeeds.find((each) => String(each) === value) ?? 60)} />
    </div>
  )
}

const percent = (ms: number, untilMs: number) => (ms / Math.max(1, untilMs)) * 100

type LaneProps = { batch: RehearsedBatch; counts: Moment['counts'] | undefined; atMs: number; untilMs: number }

const Lane = ({ batch, counts, atMs, untilMs }: LaneProps) => {
  const hasBegun = batch.fromMs <= atMs
  const drawnUntilMs = Math.min(atMs, batch.untilMs)
  return (
    <li className="grid grid-cols-[60px_minmax(50px,1fr)_76px] items-center gap-3 py-[3px]">
      <span className={hasBegun ? 'whitespace-nowrap' : 'whitespace-nowrap text-text-3'}>Batch {batch.batch}</span>
      <span className="relative h-3.5 rounded-sm bg-sunken">
        {hasBegun && counts !== undefined ? (
          <span className="absolute inset-y-0 flex min-w-1 items-center" style={{ left: `${percent(batch.fromMs, untilMs)}%`, width: `${percent(drawnUntilMs - batch.fromMs, untilMs)}%` }}>
            <OutcomeBar counts={counts} size="page" className="rounded-sm" />
          </span>
        ) : null}
        <span aria-hidden className="absolute -inset-y-[3px] w-px bg-accent" style={{ left: `${percent(atMs, untilMs)}%` }} />
      </span>
      <span className="text-right text-xs text-text-2">{counted(batch.nodes.length, 'node')}</span>
    </li>
  )
}

/** The typical run as a picture that can be played: batches on an axis of time, and what stands at the moment. */
export const Timeline = ({ run }: { run: RehearsedRun }) => {
  const player = usePlayer(run.durationMs)
  const batches = useMemo(() => rehearsedBatches(run), [run])
  const moment = useMemo(() => momentAt(run, batches, player.atMs), [run, batches, player.atMs])
  return (
    <section aria-label="The typical run" className="mt-4 border-t border-line pt-3">
      <h3 className="mb-2 font-medium">
        The typical run <span className="font-normal text-text-2">rehearsal {run.seed}, the closest to the median</span>
      </h3>
      <Controls player={player} untilMs={run.durationMs} />
      <div className="my-3 flex flex-wrap gap-x-4 gap-y-1">
        <OutcomeLegend counts={moment.counts} />
        <span className="text-text-2">
          <strong className="font-semibold text-text">{formatCount(moment.pendingPods)}</strong> {plural(moment.pendingPods, 'pod')} without a node
        </span>
        <span className="text-text-2">
          <strong className="font-semibold text-text">{formatCount(moment.newNodes)}</strong> new {plural(moment.newNodes, 'node')} ready
        </span>
      </div>
      <ol aria-label="Batches of the rehearsed run" tabIndex={0} className="max-h-72 overflow-y-auto">
        {batches.map((batch, index) => (
          <Lane key={batch.batch} batch={batch} counts={moment.batches[index]} atMs={player.atMs} untilMs={run.durationMs} />
        ))}
      </ol>
    </section>
  )
}
