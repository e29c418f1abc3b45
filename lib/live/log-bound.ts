import 'server-only'
import { causeOf } from '@/lib/domain/outcome/causes'
import type { LogFacts } from '@/lib/domain/progress/change'

/** Two lines of a node take 350 bytes of the record; a run of a thousand nodes stays under two megabytes of disk with twice this. */
const bytesOfNode = 512
const bytesOfRun = 64 * 1024
/** Keys, number and time of a change. */
const envelope = 50

/** Begins the line that stands for a span which held more than could be read. */
export const missingHere = 'Lines are missing here: '
const mark = 'Lines are missing from here on: the log of this run had grown too long for its record, which keeps '
const marks = {
  ordinary: `${mark}only warnings, errors and what names the run or the cause of a failure. The Log page has the rest.`,
  weighty: `${mark}only the first line of each cause of a failure. The Log page has the rest.`,
} as const
type Tier = keyof typeof marks

const costOf = (line: LogFacts): number => JSON.stringify(line).length + envelope

/**
 * What of a run's log its record keeps. Ordinary lines have half of the room, so that what warns, fails or names the
 * run still finds some; the first line of each documented cause of a failure always does. Where lines are left out
 * one line says so. `recorded`: what is kept already.
 */
export const createLogBound = (migrationId: string, recorded: readonly LogFacts[]) => {
  let spent = recorded.reduce((sum, line) => sum + costOf(line), 0)
  const told = new Set((Object.keys(marks) as Tier[]).filter((tier) => recorded.some(({ message }) => message === marks[tier])))
  const causes = new Set(recorded.flatMap(({ message }) => causeOf(message)?.id ?? []))

  const isWeighty = ({ severity, message }: LogFacts): boolean => (severity === 'WARN' || severity === 'ERROR' || message.includes(migrationId)) && !message.startsWith(missingHere)
  const isFirstOfCause = (cause: ReturnType<typeof causeOf>): boolean => cause !== null && !causes.has(cause.id)

  const keep = (line: LogFacts): LogFacts[] => {
    spent += costOf(line)
    return [line]
  }

  return (lines: readonly LogFacts[], nodes: number): LogFacts[] => {
    const room = bytesOfRun + bytesOfNode * nodes
    return lines.flatMap((line) => {
      const cause = causeOf(line.message)
      const tier = cause !== null || isWeighty(line) ? 'weighty' : 'ordinary'
      const isFirst = isFirstOfCause(cause)
      if (cause !== null) causes.add(cause.id)
      if (isFirst || spent + costOf(line) <= (tier === 'weighty' ? 2 * room : room)) return keep(line)
      if (told.has(tier)) return []
      told.add(tier)
      return keep({ loggedAtMs: line.loggedAtMs, severity: 'WARN', message: marks[tier] })
    })
  }
}
