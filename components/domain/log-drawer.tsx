'use client'

import Link from 'next/link'
import { CopyButton } from '@/components/ui/copy-button'
import { Drawer } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'
import { CauseLink } from './cause-link'
import type { LogEntry } from './log-rows'
import { SeverityMark } from './severity-mark'

/** One line of the log in full, with the cause it names and what to do about it. */
export const LogDrawer = ({ clusterId, entry, onClose }: { clusterId: string; entry: LogEntry | null; onClose: () => void }) => (
  <Drawer isOpen={entry !== null} onClose={onClose} title="Log line">
    {entry === null ? null : (
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <SeverityMark severity={entry.severity} />
          {entry.atMs === null ? <span className="text-text-3">No time given</span> : <Time atMs={entry.atMs} show="day" />}
          {entry.migrationId === null ? null : (
            <Link href={routes.run(clusterId, entry.migrationId)} prefetch={false} className="font-mono text-xs text-accent hover:underline">
              {entry.migrationId}
            </Link>
          )}
        </p>
        <p className="rounded border border-line bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">{visibleText(entry.message)}</p>
        <p className="flex items-center gap-1 text-text-2">
          <CopyButton text={entry.message} label="Copy the line" /> Copy the line
        </p>
        {entry.cause === null ? null : (
          <Notice tone="warning" title={entry.cause.sentence}>
            {entry.cause.remedy} <CauseLink place={entry.cause.place} clusterId={clusterId} migrationId={entry.migrationId} />
          </Notice>
        )}
      </div>
    )}
  </Drawer>
)
