'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { Button } from '@/components/ui/button'
import { Drawer } from '@/components/ui/dialog'
import { Name } from '@/components/ui/name'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { formatCount } from '@/lib/format/numbers'
import { holdsQuery } from '@/lib/queries/holds'
import { asProblem } from '@/lib/queries/problem-error'
import { groupHolds, type HoldGroup } from './group-holds'
import { HoldFacts } from './hold-facts'
import { targetWords } from './hold-form'
import { ReleaseButton } from './release-button'

const mostNames = 200

const Names = ({ names }: { names: readonly string[] }) => (
  <details className="mt-1">
    <summary className="cursor-default text-text-2">Their names</summary>
    <ul className="mt-1 max-h-48 overflow-y-auto">
      {names.slice(0, mostNames).map((name) => (
        <li key={name} className="truncate">
          <Name>{name}</Name>
        </li>
      ))}
      {names.length > mostNames ? <li className="text-text-2">and {formatCount(names.length - mostNames)} more</li> : null}
    </ul>
  </details>
)

const Group = ({ clusterId, group }: { clusterId: string; group: HoldGroup }) => {
  const words = targetWords(group)
  return (
    <HoldFacts
      title={group.kind === 'node' && group.names.length === 1 ? <Name className="whitespace-normal break-all">{words}</Name> : `${words.charAt(0).toUpperCase()}${words.slice(1)}:`}
      hold={group}
      actions={<ReleaseButton clusterId={clusterId} holdIds={group.holdIds} words={group.names.length === 1 && group.kind === 'node' ? 'this node' : words} />}
    >
      {group.names.length > 1 ? <Names names={group.names} /> : null}
    </HoldFacts>
  )
}

const Content = ({ clusterId }: { clusterId: string }) => {
  const { data, error, refetch, isFetching } = useQuery({ ...holdsQuery(clusterId), refetchOnMount: 'always' })
  if (!data) return error ? <ErrorState error={asProblem(error)} onRetry={() => void refetch()} isRetrying={isFetching} /> : <p className="text-text-2">Reading the holds.</p>
  if (data.holds.length === 0) return <EmptyState title="Nothing is held">Select nodes and press Hold… to keep them out of migrations.</EmptyState>
  return (
    <ul className="flex flex-col gap-3">
      {groupHolds(data.holds).map((group) => (
        <li key={group.holdIds[0]}>
          <Group clusterId={clusterId} group={group} />
        </li>
      ))}
    </ul>
  )
}

/** Everything that people hold in the cluster, also nodes that the table no longer lists. */
export const HoldsPanel = ({ clusterId }: { clusterId: string }) => {
  const { data } = useQuery(holdsQuery(clusterId))
  const [isOpen, setIsOpen] = useQueryState('holds', parseAsBoolean.withDefault(false))
  return (
    <>
      <Button onClick={() => void setIsOpen(true)}>{data === undefined ? 'Holds' : `Holds: ${formatCount(data.holds.length)}`}</Button>
      <Drawer isOpen={isOpen} onClose={() => void setIsOpen(null)} title="Holds" description="Nodes and pools that people keep out of migrations. Whoever can read the cluster sees them and can release them.">
        {isOpen ? <Content clusterId={clusterId} /> : null}
      </Drawer>
    </>
  )
}
