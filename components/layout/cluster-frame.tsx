'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/states'
import { visibleText } from '@/lib/format/safe-text'
import { clusterQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { PageBody } from './page-body'
import { RunStrip } from './run-strip'

const hiddenFrom = new Set(['not_found', 'invalid_input'])

/** Every page of a cluster: the run strip, then the page. A cluster that is not there is said once, here. */
export const ClusterFrame = ({ clusterId, children }: { clusterId: string; children: ReactNode }) => {
  const { error, data } = useQuery(clusterQuery(clusterId))
  if (error && !data && hiddenFrom.has(asProblem(error).code))
    return (
      <EmptyState
        className="py-24"
        isPage
        title="There is no such cluster"
        action={
          <Link href={routes.clusters()} className={buttonLook({ variant: 'primary' })}>
            Go to the clusters
          </Link>
        }
      >
        <span className="font-mono">{visibleText(clusterId)}</span> is not a cluster of this account, or the token may not read it.
      </EmptyState>
    )
  return (
    <>
      <RunStrip clusterId={clusterId} />
      <PageBody>{children}</PageBody>
    </>
  )
}
