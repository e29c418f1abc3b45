'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { Drawer } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import type { SavedVng } from '@/lib/contract/vngs'
import { inventoryQuery, vngsQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { importQuery, vngQuery } from '@/lib/queries/vngs'
import { editableOf, type VngDraft } from './vng-document'
import { changedToTake, startFromNodes, withoutEmptyLists, type VngStart } from './vng-prefill'
import type { ClusterNode } from './vng-radius'

/** Loaded when it is first opened: pages that may show it need none of the form until then. */
const VngEditorDrawer = lazy(() => import('./vng-editor').then(({ VngEditorDrawer }) => ({ default: VngEditorDrawer })))

/** What the dialog is opened for. `nodes` serves a finding as well: it names the nodes that the group should take. */
export type VngTask =
  | { kind: 'scratch' }
  | { kind: 'nodes'; nodeNames: readonly string[] }
  | { kind: 'pool'; poolName: string }
  | { kind: 'draft'; draft: VngDraft }
  /** With `labels`, these stand in the form in place of the group's own; with `nodeNames`, what the group needs to take those nodes. */
  | { kind: 'edit'; vngId: string; labels?: Readonly<Record<string, string>>; nodeNames?: readonly string[] }

const nothing: VngDraft = {}

type VngDialogProps = { clusterId: string; task: VngTask | null; onClose: () => void; onSaved?: (saved: SavedVng) => void }

const fromNodes = (nodeNames: readonly string[], nodes: readonly ClusterNode[]): VngStart => {
  const wanted = new Set(nodeNames)
  const found = nodes.filter(({ nodeName }) => wanted.has(nodeName))
  const { draft, notes } = startFromNodes(found, nodes)
  return { draft, notes: found.length === wanted.size ? notes : [...notes, `${wanted.size - found.length} of the ${wanted.size} nodes are no longer in the cluster.`] }
}

const fromPool = (document: VngDraft, poolName: string): VngStart => ({
  draft: withoutEmptyLists(editableOf(document)),
  notes: [`Read once from node pool ${poolName}. Later changes of the pool do not reach the group.`],
})

/** The draft that a task starts from; undefined while it is read. */
const useStart = (clusterId: string, task: VngTask) => {
  const client = useQueryClient()
  const vngs = useQuery(vngsQuery(clusterId))
  const inventory = useQuery(inventoryQuery(clusterId))
  const edited = useQuery({ ...vngQuery(clusterId, task.kind === 'edit' ? task.vngId : ''), enabled: task.kind === 'edit' })
  const imported = useQuery({ ...importQuery(client, clusterId, task.kind === 'pool' ? task.poolName : ''), enabled: task.kind === 'pool' })
  const start = useMemo((): VngStart | undefined => {
    if (task.kind === 'scratch') return { draft: {}, notes: [] }
    if (task.kind === 'draft') return { draft: withoutEmptyLists(task.draft), notes: [] }
    if (task.kind === 'nodes') return inventory.data && fromNodes(task.nodeNames, inventory.data.nodes)
    if (task.kind === 'pool') return imported.data && fromPool(imported.data.document, task.poolName)
    const group = edited.data && { ...editableOf(edited.data.document), ...(task.labels && { labels: { ...task.labels } }) }
    if (group === undefined || task.nodeNames === undefined) return group && { draft: group, notes: [] }
    const names = new Set(task.nodeNames)
    return inventory.data && changedToTake(group, edited.data?.template ?? null, inventory.data.nodes.filter(({ nodeName }) => names.has(nodeName)))
  }, [task, inventory.data, imported.data, edited.data])
  const needed = { scratch: [], draft: [], nodes: [inventory], pool: [imported], edit: task.kind === 'edit' && task.nodeNames ? [edited, inventory] : [edited] }[task.kind]
  const before = edited.data ? editableOf(edited.data.document) : nothing
  return { start, before, vngs: vngs.data, nodes: inventory.data?.nodes, failed: [...needed, vngs].find(({ error, data }) => error !== null && data === undefined) }
}

const Open = ({ clusterId, task, onClose, onSaved }: VngDialogProps & { task: VngTask }) => {
  const { start, before, vngs, nodes, failed } = useStart(clusterId, task)
  const vngId = task.kind === 'edit' ? task.vngId : null
  const waiting = (
    <Drawer isOpen onClose={onClose} title={vngId === null ? 'New virtual node group' : 'Change the group'}>
      {failed?.error ? <ErrorState error={asProblem(failed.error)} onRetry={() => void failed.refetch()} isRetrying={failed.isFetching} /> : <Skeleton className="h-64 w-full" />}
    </Drawer>
  )
  if (start === undefined || vngs === undefined) return waiting
  const takenNames = new Set(vngs.vngs.filter(({ id }) => id !== vngId).map(({ name }) => name))
  return (
    <Suspense fallback={waiting}>
      <VngEditorDrawer clusterId={clusterId} keptAs={`vng.${clusterId}.${JSON.stringify(task)}`} vngId={vngId} before={before} start={start.draft} notes={start.notes} groups={vngs} takenNames={takenNames} nodes={nodes} onClose={onClose} onSaved={onSaved} />
    </Suspense>
  )
}

/** Makes a virtual node group from nothing, from nodes or from a pool, or changes one. Give a new `key` for a new task. */
export const VngDialog = ({ task, ...rest }: VngDialogProps) => (task === null ? null : <Open {...rest} task={task} />)
