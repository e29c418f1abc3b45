'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { Drawer } from '@/components/ui/dialog'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import type { SpotNode } from '@/lib/spot/schemas/node'
import { inventoryColumns } from './columns'
import { labelTexts } from './node-text'

const inLists = new Set(['name', 'labels', 'taints'])

const Texts = ({ title, texts }: { title: string; texts: readonly string[] }) => (
  <section>
    <h3 className="font-semibold">
      {title} <span className="font-normal text-text-2">{texts.length}</span>
    </h3>
    {texts.length === 0 ? <p className="text-text-2">None.</p> : null}
    <ul className="mt-1">
      {texts.map((text) => (
        <li key={text} className="flex items-center gap-1">
          <Name className="whitespace-normal break-all">{text}</Name>
          <CopyButton text={text} label={`Copy ${text}`} />
        </li>
      ))}
    </ul>
  </section>
)

/** One node with every field, readable in full. */
export const NodeDrawer = ({ node, onClose }: { node: SpotNode | null; onClose: () => void }) => (
  <Drawer isOpen={node !== null} onClose={onClose} title={node ? <Name className="text-sm">{node.nodeName}</Name> : ''}>
    {node === null ? null : (
      <div className="flex flex-col gap-4">
        <FactList facts={inventoryColumns.filter(({ id }) => !inLists.has(id)).map(({ header, cell }) => ({ name: header, value: cell(node) }))} />
        <Texts title="Labels" texts={labelTexts(node)} />
        <Texts title="Taints" texts={node.taints} />
      </div>
    )}
  </Drawer>
)
