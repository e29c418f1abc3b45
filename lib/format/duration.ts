const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const pad = (value: number) => String(value).padStart(2, '0')

/** A duration in its two largest units: `45 s`, `12 min 04 s`, `3 h 40 min`, `2 d 3 h`. Negative counts as zero. */
export const formatDuration = (durationMs: number): string => {
  const ms = Math.max(0, durationMs)
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min ${pad(Math.floor((ms % minuteMs) / secondMs))} s`
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h ${pad(Math.floor((ms % hourMs) / minuteMs))} min`
  return `${Math.floor(ms / dayMs)} d ${Math.floor((ms % dayMs) / hourMs)} h`
}

/** A duration in its largest unit only, for tight places and ages: `45 s`, `12 min`, `3 h`, `2 d`. */
export const formatShortDuration = (durationMs: number): string => {
  const ms = Math.max(0, durationMs)
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`
  return `${Math.floor(ms / dayMs)} d`
}

/** How long something took of which only the least and the most is known: one figure where they are equal, `at most` where the least is nothing, `at least` where the most is not known. */
export const formatDurationRange = (leastMs: number, mostMs: number | null): string => {
  if (mostMs === null) return `at least ${formatDuration(leastMs)}`
  if (leastMs >= mostMs) return formatDuration(mostMs)
  return leastMs <= 0 ? `at most ${formatDuration(mostMs)}` : `${formatDuration(leastMs)} to ${formatDuration(mostMs)}`
}

/** A range of whole minutes: `5 to 9 min`, `6 min` when both ends are equal, `up to 2 min` from nothing. */
export const formatMinuteRange = (lowMinutes: number, highMinutes: number): string => {
  if (lowMinutes === highMinutes) return `${lowMinutes} min`
  return lowMinutes <= 0 ? `up to ${highMinutes} min` : `${lowMinutes} to ${highMinutes} min`
}
