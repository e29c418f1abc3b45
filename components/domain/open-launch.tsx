'use client'

import { Notice } from '@/components/ui/notice'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { visibleText } from '@/lib/format/safe-text'
import { useOpenLaunch } from './use-open-launch'

/** What is known of a launch that has no outcome yet, in one sentence. */
export const openLaunchSentence = ({ state, startedBy }: LaunchAnswer): string =>
  state === 'unknown' ? `Spot did not say whether it started the migration that ${visibleText(startedBy)} launched.` : `${visibleText(startedBy)} has launched a migration, and Spot has not answered yet.`

/** Where nothing is known of a migration, and not because there is none. */
export const runNotReadSentence = 'Spot’s list of migrations could not be read: whether a migration is on is not known.'

type OpenLaunchProps = { clusterId: string; className?: string; /** One that the page tells of in its own words. */ except?: string | undefined }

/** A launch of whomever whose outcome is not known. Nothing while there is none. */
export const OpenLaunch = ({ clusterId, className, except }: OpenLaunchProps) => {
  const launch = useOpenLaunch(clusterId)
  if (launch === null || launch.launchId === except) return null
  return (
    <Notice role="status" tone={launch.state === 'unknown' ? 'warning' : 'info'} title={openLaunchSentence(launch)} className={className}>
      {launch.state === 'unknown' ? `Slipway is looking for it in Spot’s list by its mark ${launch.mark}. ` : ''}
      Nothing else is started in this cluster until that is known. Do not start a migration anywhere else meanwhile.
    </Notice>
  )
}
