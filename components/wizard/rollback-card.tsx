'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RunbookActions, RunbookText } from '@/components/domain/runbook'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Dialog } from '@/components/ui/dialog'
import type { RollbackFacts, RollbackKit } from '@/lib/domain/plan/rollback'
import { runbookOf } from '@/lib/domain/plan/runbook'
import { counted } from '@/lib/format/plural'
import { rollbackFactsQuery } from '@/lib/queries/rollback'
import { sessionQuery } from '@/lib/queries/session'
import { RollbackLimits } from './rollback-limits'
import { plannedNames, type Plan } from './use-plan'

const recorded = ({ pools, vngs, cordoned }: RollbackFacts): string[] => [
  pools === null ? 'Nodes per pool: not read.' : `Nodes of ${counted(pools.length, 'pool')}, by number.`,
  vngs === null ? 'Virtual node groups: not read.' : `${counted(vngs.length, 'virtual node group')}, with all settings, and the cluster’s template.`,
  cordoned === null ? 'Cordoned nodes: not read, Kubernetes is not connected.' : `${counted(cordoned.length, 'cordoned node')}, by name.`,
  'The selection and every option of this plan.',
]

const Runbook = ({ kit, onClose }: { kit: RollbackKit; onClose: () => void }) => (
  <Dialog isOpen onClose={onClose} title="The way back" description="As it would be recorded now. At the launch the facts are read again." footer={<RunbookActions kit={kit} migrationId={null} />}>
    <RunbookText text={runbookOf(kit, null)} />
  </Dialog>
)

const selectionOf = (plan: Plan): RollbackKit['selection'] =>
  plan.sending.sentPools === null ? { kind: 'nodes', names: plannedNames(plan) } : { kind: 'pools', names: plan.sending.sentPools }

/** What is recorded before the launch, so that there is a way back, and what only a person can add. */
export const RollbackCard = ({ plan, clusterId }: { plan: Plan; clusterId: string }) => {
  const { data: facts } = useQuery(rollbackFactsQuery(clusterId))
  const session = useQuery(sessionQuery())
  const [isOpen, setOpen] = useState(false)
  const { preferences } = plan
  if (facts === undefined || preferences === null) return null
  const { comment, ...options } = preferences
  const pools = [...new Set(plan.partition.willMove.map(({ poolName }) => poolName))].filter((name) => name !== '').sort()
  const kit: RollbackKit = { facts, clusterId, startedBy: session.data?.displayName ?? '', selection: selectionOf(plan), poolNames: pools, options, comment }
  return (
    <Card title="Way back" aside="recorded with the launch, before it is sent">
      <ul className="list-disc pl-5">
        {recorded(facts).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <RollbackLimits clusterId={clusterId} facts={facts} pools={pools} />
      <Button className="mt-3" onClick={() => setOpen(true)}>
        Show the runbook
      </Button>
      {isOpen ? <Runbook kit={kit} onClose={() => setOpen(false)} /> : null}
    </Card>
  )
}
