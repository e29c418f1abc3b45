import { formatDuration } from '@/lib/format/duration'
import type { RehearsalSummary } from '@/lib/rehearsal/summary'

type Durations = RehearsalSummary['durations']

/** From nothing to the longest, so that lengths compare as lengths. */
const place = (ms: number, { maxMs }: Durations): string => `${(ms / Math.max(1, maxMs)) * 100}%`

const Strip = ({ durations }: { durations: Durations }) => (
  <div aria-hidden className="mx-1.5 mt-2">
    <div className="relative h-7 rounded-sm bg-sunken">
      <span className="absolute inset-y-0 rounded-sm bg-accent-soft" style={{ left: place(durations.lowMs, durations), right: `calc(100% - ${place(durations.highMs, durations)})` }} />
      <span className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-accent" style={{ left: place(durations.medianMs, durations) }} />
      {durations.allMs.map((ms, index) => (
        <span key={index} className="absolute top-1/2 size-2 -translate-1/2 rounded-full border border-surface bg-text-2" style={{ left: place(ms, durations) }} />
      ))}
    </div>
    <div className="mt-1 flex justify-between text-xs text-text-3">
      <span>0</span>
      <span>{formatDuration(durations.maxMs)}</span>
    </div>
  </div>
)

/** How long the rehearsals took: each a dot, the middle eight in ten a band, the median a line. */
export const DurationsStrip = ({ durations, runs }: { durations: Durations; runs: number }) => (
  <div>
    <p>
      <strong className="text-base font-semibold">{formatDuration(durations.medianMs)}</strong>{' '}
      <span className="text-text-2">
        {runs === 1
          ? 'in the one rehearsal so far'
          : `is the median; eight in ten take ${formatDuration(durations.lowMs)} to ${formatDuration(durations.highMs)}, all ${formatDuration(durations.minMs)} to ${formatDuration(durations.maxMs)}`}
      </span>
    </p>
    {runs > 1 ? <Strip durations={durations} /> : null}
  </div>
)
