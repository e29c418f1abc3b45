'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import { Time } from '@/components/ui/time'
import type { KubernetesConnection } from '@/lib/contract/kubernetes'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import { kubernetesQuery } from '@/lib/queries/session'

const Last = ({ last }: Pick<KubernetesConnection, 'last'>): ReactNode => {
  if (last === null)
    return (
      <Status name="pending" className="items-start [&>svg]:mt-[3px]">
        <span className="whitespace-normal">Not read since this server started: it is read when a page of the cluster is opened.</span>
      </Status>
    )
  if (last.problem !== null)
    return (
      <Status name="warning" className="items-start [&>svg]:mt-[3px]">
        <span className="whitespace-normal">
          {last.failedKinds === last.kinds ? 'Not read' : `${last.failedKinds} of ${last.kinds} kinds not read`}. {visibleText(last.problem)}
        </span>
      </Status>
    )
  return (
    <Status name="moved">
      Read {last.readAtMs === null ? null : <Time atMs={last.readAtMs} />}
    </Status>
  )
}

const Connection = ({ connection: { way, last } }: { connection: KubernetesConnection }) => {
  if (way === null) return <span className="text-text-2">Not connected. Set KUBECONFIG_FILE, and KUBE_CONTEXTS where the context has another name than the cluster’s id.</span>
  return (
    <>
      <span>{way.kind === 'in-cluster' ? 'Service account of this cluster' : <>Context <Name>{way.context}</Name></>}</span>
      <Last last={last} />
    </>
  )
}

/** Which cluster is read from Kubernetes as well, by which way, and how that went last. */
export const KubernetesCard = () => {
  const { data, error } = useQuery(kubernetesQuery())
  return (
    <Card title="Kubernetes">
      <p className="text-text-2">Read-only, with this server’s own credentials, and only for clusters that your token can read. Without it, pods and disruption budgets are “not read”.</p>
      {error && !data ? <p className="mt-2 text-text-2">Not known. {asProblem(error).detail}</p> : null}
      {!data && !error ? <Skeleton className="mt-2 w-2/3" /> : null}
      {data ? <FactList facts={data.connections.map((connection) => ({ name: visibleText(connection.name), value: <Connection connection={connection} /> }))} /> : null}
    </Card>
  )
}
