'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { lazy, Suspense, useMemo, useState } from 'react'
import { VngDialog, type VngTask } from '@/components/domain/vng-dialog'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/lib/format/numbers'
import type { IndexedNode } from '../node-index'
import { repairScopes, startScope, unmatchedOf, type ScopedNodes } from './scope'

/** Loaded when it is first opened: the page needs no matcher until then. */
const RepairDrawer = lazy(() => import('./repair-drawer').then(({ RepairDrawer }) => ({ default: RepairDrawer })))

type RepairProps = { clusterId: string; all: readonly IndexedNode[]; listed: readonly IndexedNode[]; chosen: readonly IndexedNode[] }

/** The way from nodes that match nothing to the groups they need. Shown while there are such nodes. */
export const Repair = ({ clusterId, all, listed, chosen }: RepairProps) => {
  const [scope, setScope] = useQueryState('repair', parseAsStringLiteral(repairScopes))
  const [task, setTask] = useState<VngTask | null>(null)
  const nodes: ScopedNodes = useMemo(() => ({ chosen, listed, cluster: all }), [chosen, listed, all])
  const start = startScope(nodes)
  const count = unmatchedOf(nodes[start]).length
  return (
    <>
      {count > 0 ? <Button onClick={() => void setScope(start)}>{`Repair ${formatCount(count)} unmatched…`}</Button> : null}
      {scope !== null && task === null && all.length > 0 ? (
        <Suspense>
          <RepairDrawer clusterId={clusterId} nodes={nodes} scope={scope} onScope={(next) => void setScope(next)} onStart={setTask} onClose={() => void setScope(null)} />
        </Suspense>
      ) : null}
      <VngDialog key={JSON.stringify(task)} clusterId={clusterId} task={task} onClose={() => setTask(null)} />
    </>
  )
}
