'use client'

import { useMemo, type ReactNode } from 'react'
import { Findings } from '@/components/domain/findings'
import { Drawer } from '@/components/ui/dialog'
import { Name } from '@/components/ui/name'
import { visibleText } from '@/lib/format/safe-text'
import { movingSentences } from './moving-words'
import { PatchList } from './patch-list'
import type { PatchForm } from './patches/patch'
import { patchesOf } from './patches/patches-of'
import type { IndexedWorkload } from './workload-index'
import { WorkloadNodes } from './workload-nodes'

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h3 className="mb-1 font-semibold">{title}</h3>
    {children}
  </section>
)

const Changes = ({ workload, form, onFormChange }: { workload: IndexedWorkload; form: PatchForm; onFormChange: (form: PatchForm) => void }) => {
  const { patches, refusal } = useMemo(() => patchesOf({ ...workload, findingIds: new Set(workload.reasons.map(({ id }) => id)) }), [workload])
  if (patches.length === 0 && refusal === null) return null
  return (
    <Section title="Changes to copy">
      {refusal === null ? null : <p className="text-text-2">{visibleText(refusal)}</p>}
      {workload.namespace === 'kube-system' ? <p className="mb-1 text-text-2">AKS looks after its own add-ons in this namespace and takes changes to them back.</p> : null}
      {patches.length > 0 ? <PatchList patches={patches} form={form} onFormChange={onFormChange} /> : null}
    </Section>
  )
}

type WorkloadDrawerProps = {
  clusterId: string
  workload: IndexedWorkload | null
  poolOf: ReadonlyMap<string, string>
  form: PatchForm
  onFormChange: (form: PatchForm) => void
  onClose: () => void
}

/** What moving one workload means, what stands in its way, and what would help. */
export const WorkloadDrawer = ({ clusterId, workload, poolOf, form, onFormChange, onClose }: WorkloadDrawerProps) => (
  <Drawer isOpen={workload !== null} onClose={onClose} title={workload ? <Name className="text-sm break-all whitespace-normal">{`${workload.namespace}/${workload.name}`}</Name> : ''} description={workload ? visibleText(workload.kind) : undefined}>
    {workload === null ? null : (
      <div className="flex flex-col gap-5">
        <Section title="What moving it means">
          <ul className="flex list-disc flex-col gap-0.5 pl-4">
            {movingSentences(workload).map((sentence) => (
              <li key={sentence} className="break-words">
                {visibleText(sentence)}
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Findings">{workload.reasons.length === 0 ? <p className="text-text-2">Nothing found in what was read.</p> : <Findings findings={workload.reasons} />}</Section>
        <Changes workload={workload} form={form} onFormChange={onFormChange} />
        <Section title="Nodes it sits on">
          <WorkloadNodes clusterId={clusterId} nodeNames={workload.nodeNames} poolOf={poolOf} />
        </Section>
      </div>
    )}
  </Drawer>
)
