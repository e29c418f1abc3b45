export const logPresets = ['quarter', 'hour', 'sixHours', 'day', 'week', 'custom'] as const
export type LogPreset = (typeof logPresets)[number]

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const presetMs: Record<Exclude<LogPreset, 'custom'>, number> = { quarter: 15 * minuteMs, hour: hourMs, sixHours: 6 * hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs }

export const presetOptions: readonly { value: LogPreset; label: string }[] = [
  { value: 'quarter', label: 'Last 15 minutes' },
  { value: 'hour', label: 'Last hour' },
  { value: 'sixHours', label: 'Last 6 hours' },
  { value: 'day', label: 'Last 24 hours' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'custom', label: 'From … to …' },
]

export type LogRange = { fromMs: number; toMs: number }

/** The range asked for. `nowMs` is when the page was opened or read again, so that the question stays the same in between. */
export const rangeOf = (preset: LogPreset, from: number | null, to: number | null, nowMs: number): LogRange => {
  if (preset !== 'custom') return { fromMs: nowMs - presetMs[preset], toMs: nowMs }
  return { fromMs: from ?? (to ?? nowMs) - hourMs, toMs: to ?? nowMs }
}

/** Why a range cannot be asked for, or null. */
export const rangeFault = ({ fromMs, toMs }: LogRange): string | null => (fromMs < toMs ? null : 'The range ends before it begins.')

const pad = (value: number) => String(value).padStart(2, '0')

/** A moment as a date-time field has it, in the reader's zone. */
export const toField = (atMs: number): string => {
  const date = new Date(atMs)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** What stands in a date-time field as a moment, or null while it is not whole. */
export const fromField = (text: string): number | null => {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
