'use client'

import { Drawer } from '@/components/ui/dialog'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import { visibleText } from '@/lib/format/safe-text'
import { vngColumns } from './columns'
import { labelList, taintList, type VngRow } from './vng-rows'

const inLists = new Set(['labels', 'taints'])

const Texts = ({ title, texts }: { title: string; texts: readonly string[] }) => (
  <section>
    <h3 className="font-semibold">{title}</h3>
    {texts.length === 0 ? <p className="text-text-2">None.</p> : null}
    <ul className="mt-1">
      {texts.map((text) => (
        <li key={text}>
          <Name className="whitespace-normal break-all">{text}</Name>
        </li>
      ))}
    </ul>
  </section>
)

const sizesOf = ({ spec: { vmSizes } }: VngRow): string[] => vmSizes?.preferredVmSizes ?? []

const poolFacts = ({ spec: { nodePoolProperties: pool, restrictScaleDown } }: VngRow) => [
  { name: 'Most pods a node', value: pool?.maxPodsPerNode ?? 'not set' },
  { name: 'System', value: visibleText([pool?.osType, pool?.osSKU].filter(Boolean).join(', ')) || 'not set' },
  { name: 'Disk', value: pool?.osDiskSizeGB == null ? 'not set' : `${pool.osDiskSizeGB} GB${pool.osDiskType ? `, ${visibleText(pool.osDiskType)}` : ''}` },
  { name: 'Kubernetes', value: pool?.kubernetesVersion ?? 'not set' },
  { name: 'Restrict scale down', value: restrictScaleDown === null ? 'not set' : restrictScaleDown ? 'Yes' : 'No' },
]

/** One group in full. */
export const VngDrawer = ({ row, onClose }: { row: VngRow | null; onClose: () => void }) => (
  <Drawer isOpen={row !== null} onClose={onClose} title={row ? visibleText(row.name) : ''}>
    {row === null ? null : (
      <div className="flex flex-col gap-4">
        <FactList facts={[...vngColumns.filter(({ id }) => !inLists.has(id)).map(({ header, cell }) => ({ name: header, value: cell(row) })), ...poolFacts(row)]} />
        <Texts title="Labels" texts={labelList(row.spec)} />
        <Texts title="Taints" texts={taintList(row.spec)} />
        <Texts title="Preferred sizes" texts={sizesOf(row)} />
      </div>
    )}
  </Drawer>
)
