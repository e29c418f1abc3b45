'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { MatchBadge, ReadinessBadge, readyWords } from '@/components/domain/badges'
import { fixOf } from '@/components/domain/finding-fix'
import { Findings } from '@/components/domain/findings'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Drawer } from '@/components/ui/dialog'
import { RequestIds } from '@/components/ui/error-details'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import { ErrorState } from '@/components/ui/states'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem, type ProblemError } from '@/lib/queries/problem-error'
import { keys } from '@/lib/queries/keys'
import { nodeQuery, readNodeAnew } from '@/lib/queries/readiness'
import { routes } from '@/lib/routes'
import type { IndexedNode } from '../node-index'
import { HoldNodeButton, NodeHolds } from '../holds/node-holds'
import type { NodeTab } from '../search-params'
import { CapacityTab } from './capacity-tab'
import { changesBetween, type DetailChange } from './changes'
import { MatchTab } from './match-tab'
import { PodsTab } from './pods-tab'
import { RawTab } from './raw-tab'

type NodeDrawerProps = { clusterId: string; nodeName: string | null; row: IndexedNode | undefined; tab: NodeTab; onTab: (tab: NodeTab) => void; onClose: () => void }

/** Reads the node anew and keeps what changed since the reading before. */
const useValidation = (clusterId: string, nodeName: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (): Promise<DetailChange[]> => {
      const { queryKey } = nodeQuery(clusterId, nodeName)
      const before = client.getQueryData(queryKey)
      const after = await readNodeAnew(clusterId, nodeName)
      client.setQueryData(queryKey, after)
      void client.invalidateQueries({ queryKey: keys.nodes(clusterId) })
      void client.invalidateQueries({ queryKey: keys.readiness(clusterId) })
      return before === undefined ? [] : changesBetween(before, after)
    },
  })
}

const Changes = ({ changes }: { changes: readonly DetailChange[] }) =>
  changes.length === 0 ? (
    <Notice tone="done" role="status" title="Read again: nothing has changed." />
  ) : (
    <Notice tone="info" role="status" title="Read again:">
      <ul>
        {changes.map(({ kind, sentence }) => (
          <li key={`${kind} ${sentence}`}>
            {kind === 'new' ? 'New: ' : 'Gone: '}
            {visibleText(sentence)}
          </li>
        ))}
      </ul>
    </Notice>
  )

const NotUpToDate = ({ error: { detail, requestId, upstreamRequestId } }: { error: ProblemError }) => (
  <Notice tone="warning" role="status" title="Not up to date.">
    {detail} What stands here is from the last answer.{' '}
    <span className="inline-flex flex-wrap gap-x-3">
      <RequestIds requestId={requestId} upstreamRequestId={upstreamRequestId} />
    </span>
  </Notice>
)

const Details = ({ clusterId, detail, error, tab, onTab }: { clusterId: string; detail: NodeDetail; error: unknown } & Pick<NodeDrawerProps, 'tab' | 'onTab'>) => {
  const validation = useValidation(clusterId, detail.nodeName)
  const own = detail.findings.slice(0, detail.about)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ReadinessBadge readiness={detail.readiness} {...(detail.readiness === 'ready' ? { sentence: readyWords(detail.pods === null) } : {})} />
        <MatchBadge match={detail.match} />
        <span className="text-text-2">
          read <Time atMs={detail.fetchedAtMs} />
        </span>
        <span className="ml-auto flex gap-2">
          {detail.match.kind === 'none' ? (
            <Link href={routes.vngs(clusterId, { create: 'nodes', nodes: detail.nodeName })} className={buttonLook({ size: 'small' })}>
              Fix…
            </Link>
          ) : null}
          <HoldNodeButton clusterId={clusterId} nodeName={detail.nodeName} poolName={detail.poolName} />
          <Button size="small" isBusy={validation.isPending} onClick={() => validation.mutate()}>
            Validate
          </Button>
        </span>
      </div>
      {error ? <NotUpToDate error={asProblem(error)} /> : null}
      {validation.error ? <Notice tone="error" role="alert" title="Not read again.">{asProblem(validation.error).detail}</Notice> : null}
      {validation.data ? <Changes changes={validation.data} /> : null}
      <NodeHolds clusterId={clusterId} nodeName={detail.nodeName} poolName={detail.poolName} />
      {own.length === 0 ? <p className="text-text-2">No rule has anything to say against this node.</p> : <Findings findings={own} fixFor={(id) => fixOf(id, { clusterId, nodeName: detail.nodeName, match: detail.match })} />}
      <Tabs
        label="About this node"
        value={tab}
        onChange={onTab}
        tabs={[
          { id: 'match', label: 'Match', content: <MatchTab clusterId={clusterId} detail={detail} /> },
          { id: 'pods', label: 'Pods', content: <PodsTab detail={detail} /> },
          { id: 'capacity', label: 'Capacity', content: <CapacityTab detail={detail} /> },
          { id: 'raw', label: 'Raw', content: <RawTab detail={detail} /> },
        ]}
      />
    </div>
  )
}

/** What the list already tells stands here while the node is compared with every group and its pods are read. */
const Waiting = ({ row }: { row: IndexedNode | undefined }) => (
  <div className="flex flex-col gap-3">
    {row ? (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-text-2">
        <MatchBadge match={row.match} />
        <Name>{row.poolName}</Name>
        {row.runningPods === null ? null : <span>{counted(row.runningPods, 'pod')}</span>}
      </div>
    ) : null}
    <p role="status" className="text-text-2">
      Reading the node. In a large cluster the first reading of Kubernetes takes up to a minute.
    </p>
    {row && row.reasons.length > 0 ? <Findings findings={row.reasons} /> : null}
  </div>
)

const Content = ({ clusterId, nodeName, row, tab, onTab }: Omit<NodeDrawerProps, 'nodeName' | 'onClose'> & { nodeName: string }) => {
  const { data, error, refetch, isFetching } = useQuery(nodeQuery(clusterId, nodeName))
  if (data) return <Details clusterId={clusterId} detail={data} error={error} tab={tab} onTab={onTab} />
  if (error) return <ErrorState error={asProblem(error)} onRetry={() => void refetch()} isRetrying={isFetching} />
  return <Waiting row={row} />
}

/** Everything about one node, beside the table that it was opened from. */
export const NodeDrawer = ({ clusterId, nodeName, row, tab, onTab, onClose }: NodeDrawerProps) => (
  <Drawer isOpen={nodeName !== null} onClose={onClose} title={nodeName === null ? '' : <Name className="text-sm">{nodeName}</Name>}>
    {nodeName === null ? null : <Content key={nodeName} clusterId={clusterId} nodeName={nodeName} row={row} tab={tab} onTab={onTab} />}
  </Drawer>
)
