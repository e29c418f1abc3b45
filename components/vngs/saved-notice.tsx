'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { keys } from '@/lib/queries/keys'
import { newlyMatchedQuery } from '@/lib/queries/vngs'
import { routes } from '@/lib/routes'

/** After a group was saved: how many nodes match it since then, and the way to them. */
export const SavedNotice = ({ clusterId }: { clusterId: string }) => {
  const client = useQueryClient()
  const { data } = useQuery(newlyMatchedQuery(clusterId))
  if (!data) return null
  const count = data.nodeNames.length
  return (
    <Notice
      tone={count > 0 ? 'done' : 'info'}
      role="status"
      className="mb-3"
      title={`${visibleText(data.vngName)} is saved.`}
      action={
        <span className="flex flex-wrap justify-end gap-2">
          {count > 0 ? (
            <Link href={routes.nodes(clusterId, { matches: data.vngId })} className={buttonLook({ size: 'small' })}>
              Show {count === 1 ? 'it' : 'them'}
            </Link>
          ) : null}
          <Button size="small" variant="quiet" onClick={() => client.setQueryData(keys.newlyMatched(clusterId), null)}>
            Dismiss
          </Button>
        </span>
      }
    >
      {count > 0 ? `${counted(count, 'node')} ${count === 1 ? 'matches' : 'match'} it now and did not before.` : 'No other node matches it than before.'}
    </Notice>
  )
}
