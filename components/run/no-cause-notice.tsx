import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { causesOf } from '@/lib/domain/outcome/causes'
import type { RunState } from '@/lib/domain/progress/state'
import { routes } from '@/lib/routes'

const beforeMs = 15 * 60_000
const afterMs = 10 * 60_000

/** A run that failed without a line that tells why: the log could not be read, or the record stops with the end and Spot logged the cause after it. */
export const NoCauseNotice = ({ clusterId, state: { facts, log, lastAtMs } }: { clusterId: string; state: RunState }) => {
  if (facts?.status !== 'FAILED' || causesOf(log).length > 0) return null
  const endMs = facts.erredAtMs ?? facts.completedAtMs ?? lastAtMs
  if (endMs === null) return null
  return (
    <Notice tone="error" className="mt-3" title={log.length === 0 ? 'No line of this run’s log was read, so its cause is not known.' : 'The log of this run names no documented cause.'}>
      {log.length === 0 ? 'Spot may have it still.' : 'Spot may have logged it after these lines were read.'}{' '}
      <Link href={routes.log(clusterId, { from: String(endMs - beforeMs), to: String(endMs + afterMs) })} prefetch={false} className="whitespace-nowrap text-accent underline print:hidden">
        {log.length === 0 ? 'Read the log around the end' : 'Read the log around the end again'}
      </Link>
    </Notice>
  )
}
