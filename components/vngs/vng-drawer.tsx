'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Drawer } from '@/components/ui/dialog'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import { counted } from '@/lib/format/plural'
import type { VngSpec } from '@/lib/spot/schemas/vng'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import { vmSizesQuery } from '@/lib/queries/vngs'
import { routes } from '@/lib/routes'
import { moreFacts, vngColumns } from './columns'
import { heldOf, labelList, taintList, type VngRow } from './vng-rows'

const inLists = new Set(['labels', 'taints'])

const Texts = ({ title, row, list }: { title: string; row: VngRow; list: (spec: VngSpec) => string[] | null }) => {
  const held = heldOf(row, list)
  return (
    <section>
      <h3 className="font-semibold">{title}</h3>
      {held === null ? <p className="text-text-2">None.</p> : null}
      {held?.isInherited ? <p className="text-text-2">From the template:</p> : null}
      <ul className="mt-1">
        {held?.value.map((text) => (
          <li key={text}>
            <Name className="whitespace-normal break-all">{text}</Name>
          </li>
        ))}
      </ul>
    </section>
  )
}

const inWords = (row: VngRow, textOf: (spec: VngSpec) => string | null): string => {
  const held = heldOf(row, textOf)
  return held === null ? 'not set' : held.isInherited ? `${held.value}, from template` : held.value
}

const systemText = ({ nodePoolProperties: pool }: VngSpec) => visibleText([pool?.osType, pool?.osSKU].filter(Boolean).join(', ')) || null

const diskText = ({ nodePoolProperties: pool }: VngSpec) => (pool?.osDiskSizeGB == null ? null : `${pool.osDiskSizeGB} GB${pool.osDiskType ? `, ${visibleText(pool.osDiskType)}` : ''}`)

const poolFacts = (row: VngRow) => [
  { name: 'Most pods a node', value: inWords(row, ({ nodePoolProperties: pool }) => pool?.maxPodsPerNode?.toString() ?? null) },
  { name: 'System', value: inWords(row, systemText) },
  { name: 'Disk', value: inWords(row, diskText) },
  { name: 'Kubernetes', value: inWords(row, ({ nodePoolProperties: pool }) => pool?.kubernetesVersion ?? null) },
  { name: 'Restrict scale down', value: inWords(row, ({ restrictScaleDown }) => (restrictScaleDown === null ? null : restrictScaleDown ? 'Yes' : 'No')) },
]

const AllowedSizes = ({ clusterId, vngId }: { clusterId: string; vngId: string }) => {
  const { data, error } = useQuery(vmSizesQuery(clusterId, vngId))
  return (
    <section>
      <h3 className="font-semibold">Sizes that Spot may use</h3>
      {error ? <p className="text-text-2">Not read. {asProblem(error).detail}</p> : null}
      {data === undefined && !error ? <p className="text-text-2">Reading.</p> : null}
      {data ? (
        <details>
          <summary className="cursor-pointer text-text-2">{data.sizes.length === 0 ? 'None: the filters let no size through' : counted(data.sizes.length, 'size')}</summary>
          <p className="mt-1 flex flex-wrap gap-x-3">
            {data.sizes.map((size) => (
              <Name key={size}>{size}</Name>
            ))}
          </p>
        </details>
      ) : null}
    </section>
  )
}

type VngDrawerProps = {
  clusterId: string
  row: VngRow | null
  /** Why groups may not be changed now; null when they may. */
  whyNot: string | null
  onClose: () => void
  onEdit: (vngId: string) => void
  onDelete: (row: VngRow) => void
}

const whyNotDeleted = ({ running }: VngRow): string | null =>
  running !== null && running.nodes > 0 ? `${counted(running.nodes, 'node')} still ${running.nodes === 1 ? 'runs' : 'run'} in this group. A group is deleted only when it is empty.` : null

const Actions = ({ row, whyNot, onEdit, onDelete }: Pick<VngDrawerProps, 'whyNot' | 'onEdit' | 'onDelete'> & { row: VngRow }) => (
  <>
    <Button variant="danger" className="mr-auto" disabledReason={whyNot ?? whyNotDeleted(row)} onClick={() => onDelete(row)}>
      Delete
    </Button>
    <Button disabledReason={whyNot} onClick={() => onEdit(row.id)}>
      Change
    </Button>
  </>
)

/** One group in full, with what can be done with it. */
export const VngDrawer = ({ clusterId, row, whyNot, onClose, onEdit, onDelete }: VngDrawerProps) => (
  <Drawer isOpen={row !== null} onClose={onClose} title={row ? visibleText(row.name) : ''} footer={row?.kind === 'group' ? <Actions row={row} whyNot={whyNot} onEdit={onEdit} onDelete={onDelete} /> : undefined}>
    {row === null ? null : (
      <div className="flex flex-col gap-4">
        {row.kind === 'template' ? (
          <p className="text-text-2">The template of the cluster. Groups take from it what they leave open, and nodes without labels and taints land on it. It is changed in the Spot console.</p>
        ) : null}
        <FactList facts={[...vngColumns.filter(({ id }) => !inLists.has(id)).map(({ header, cell }) => ({ name: header, value: cell(row) })), ...moreFacts(row), ...poolFacts(row)]} />
        {row.wouldTake !== null && row.wouldTake > 0 ? (
          <Link href={routes.nodes(clusterId, { matches: row.kind === 'group' ? row.id : 'default' })} className={`${buttonLook({ size: 'small' })} self-start`}>
            Show the {counted(row.wouldTake, 'node')} it would take
          </Link>
        ) : null}
        <Texts title="Labels" row={row} list={labelList} />
        <Texts title="Taints" row={row} list={taintList} />
        {row.kind === 'group' ? <AllowedSizes clusterId={clusterId} vngId={row.id} /> : null}
      </div>
    )}
  </Drawer>
)
