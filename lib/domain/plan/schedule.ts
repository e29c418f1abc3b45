/** Times in UTC, as the vendor reads both forms (Spot API, Create Cluster, `scheduling`). */
const minuteMs = 60_000
const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** From now to the latest time at which the run is expected to be over. */
export type Span = { fromMs: number; toMs: number }

/** `unreadable`: not in the documented form, so nothing can be said. */
export type ScheduleHit = { kind: 'at'; atMs: number } | { kind: 'clear' } | { kind: 'unreadable' }

const minuteOfWeek = (text: string): number | null => {
  const parts = /^([a-z]{3}):(\d{2}):(\d{2})$/i.exec(text.trim())
  const day = dayNames.indexOf(parts?.[1]?.toLowerCase() ?? '')
  const [hours, minutes] = [Number(parts?.[2]), Number(parts?.[3])]
  return parts === null || day === -1 || hours > 23 || minutes > 59 ? null : day * dayMinutes + hours * 60 + minutes
}

const minuteOfWeekAt = (ms: number): number => {
  const date = new Date(ms)
  return date.getUTCDay() * dayMinutes + date.getUTCHours() * 60 + date.getUTCMinutes()
}

/** When a weekly window, `Sat:08:00-Sun:08:00`, next meets the span: its begin, or now where it is on. */
export const windowHit = (window: string, { fromMs, toMs }: Span): ScheduleHit => {
  const [begin, end] = window.split('-').map(minuteOfWeek)
  if (begin == null || end == null) return { kind: 'unreadable' }
  const length = (end - begin + weekMinutes) % weekMinutes
  const since = (minuteOfWeekAt(fromMs) - begin + weekMinutes) % weekMinutes
  if (since < length) return { kind: 'at', atMs: fromMs }
  const atMs = fromMs - (fromMs % minuteMs) + (weekMinutes - since) * minuteMs
  return atMs <= toMs ? { kind: 'at', atMs } : { kind: 'clear' }
}

type CronField = { least: number; most: number; names: readonly string[] }

const cronFields: readonly CronField[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: monthNames },
  { least: 0, most: 7, names: dayNames },
]

const cronNumber = (text: string, { least, most, names }: CronField): number | null => {
  const named = names.indexOf(text.toLowerCase())
  const value = named === -1 ? Number(text) : named + least
  return /^(\d{1,2}|[a-z]{3})$/i.test(text) && value >= least && value <= most ? value : null
}

/** The values that one part of a list stands for: `*`, `5`, `1-5`, and each with a step. */
const cronPart = (text: string, field: CronField): number[] | null => {
  const [range = '', stepText] = text.split('/')
  const step = stepText === undefined ? 1 : Number(stepText)
  if (!Number.isInteger(step) || step < 1) return null
  const isAny = range === '*' || range === '?'
  const [first = '', last] = range.split('-')
  const from = isAny ? field.least : cronNumber(first, field)
  const single = stepText === undefined ? from : field.most
  const to = isAny ? field.most : last === undefined ? single : cronNumber(last, field)
  if (from === null || to === null || to < from) return null
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)
}

const cronSet = (text: string, field: CronField): ReadonlySet<number> | null => {
  const parts = text.split(',').map((part) => cronPart(part, field))
  return parts.some((part) => part === null) ? null : new Set(parts.flatMap((part) => part ?? []))
}

const isAnyDay = (text: string | undefined) => text === '*' || text === '?'

/** Longer than any run: a span beyond it is cut, so that the search stays short. */
const mostMinutes = 3 * dayMinutes

/** When a cron expression of five fields first fires in the span. Both days given: either will do (POSIX, crontab). */
export const cronHit = (expression: string, { fromMs, toMs }: Span): ScheduleHit => {
  const texts = expression.trim().split(/\s+/)
  const sets = cronFields.flatMap((field, index) => cronSet(texts[index] ?? '', field) ?? [])
  const [minutes, hours, days, months, weekdays] = sets
  if (texts.length !== 5 || !minutes || !hours || !days || !months || !weekdays) return { kind: 'unreadable' }
  const isDay = (date: Date): boolean => {
    const isOfMonth = days.has(date.getUTCDate())
    const isOfWeek = weekdays.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekdays.has(7))
    return isAnyDay(texts[2]) || isAnyDay(texts[4]) ? isOfMonth && isOfWeek : isOfMonth || isOfWeek
  }
  const first = Math.ceil(fromMs / minuteMs) * minuteMs
  const count = Math.min(mostMinutes, Math.floor((toMs - first) / minuteMs))
  for (let index = 0; index <= count; index += 1) {
    const date = new Date(first + index * minuteMs)
    if (minutes.has(date.getUTCMinutes()) && hours.has(date.getUTCHours()) && months.has(date.getUTCMonth() + 1) && isDay(date)) return { kind: 'at', atMs: date.getTime() }
  }
  return { kind: 'clear' }
}
