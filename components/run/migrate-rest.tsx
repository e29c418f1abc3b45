'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { CauseLink } from '@/components/domain/cause-link'
import { NodeNames } from '@/components/domain/node-names'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/select'
import type { RunRecord } from '@/lib/contract/run'
import { causesOf } from '@/lib/domain/outcome/causes'
import { restOf, restPlan, usualChoice, type RestCause, type RestChoice, type RestGroup } from '@/lib/domain/plan/rest'
import type { RunState } from '@/lib/domain/progress/state'
import { counted } from '@/lib/format/plural'
import { keys } from '@/lib/queries/keys'
import { createDraft } from '@/lib/queries/launch'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { restPreferences } from './migrate-rest-draft'
import type { RunNode } from './node-rows'

const choicesOf = ({ changes }: RestGroup): { value: string; label: string }[] => [
  { value: 'as-before', label: 'Take along as before' },
  ...changes.map(({ id, label }) => ({ value: id, label })),
  { value: 'leave-out', label: 'Leave out' },
]

type GroupProps = { group: RestGroup; run: RunRecord['run']; choice: RestChoice; onChoose: (choice: RestChoice) => void }

const Group = ({ group, run: { clusterId, migrationId }, choice, onChoose }: GroupProps) => {
  const { cause, nodeNames, sentence, outside, failure, changes } = group
  const change = changes.find(({ id }) => id === choice)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-80">
        <p>
          <strong className="font-semibold">{counted(nodeNames.length, 'node')}.</strong> {sentence}
        </p>
        <p className="text-text-2">
          {change?.effect ?? outside} {change === undefined && failure !== null ? <CauseLink place={failure.place} clusterId={clusterId} migrationId={migrationId} /> : null}
        </p>
        <NodeNames names={nodeNames} />
        {cause === 'failed' ? (
          <p className="mt-1.5">
            <Link href={routes.vngs(clusterId, { create: 'nodes', nodes: nodeNames.slice(0, 50).join(',') })} className="text-accent hover:underline">
              Make a node group that matches
            </Link>
          </p>
        ) : null}
      </div>
      <Select
        className="w-72"
        aria-label={`What to do with ${counted(nodeNames.length, 'node')}: ${sentence}`}
        value={choice}
        options={choicesOf(group)}
        onChange={onChoose}
      />
    </li>
  )
}

const useRestDraft = ({ run, options }: Pick<RunRecord, 'run' | 'options'>) => {
  const router = useRouter()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ nodeNames, set }: ReturnType<typeof restPlan>) => createDraft(run.clusterId, { nodeNames, preferences: restPreferences(run.migrationId, { options, set }) }),
    onSuccess: (draft) => {
      client.setQueryData(keys.draft(run.clusterId, draft.draftId), draft)
      router.push(routes.migrate(run.clusterId, { draft: draft.draftId, step: 'nodes' }))
    },
  })
}

type MigrateRestProps = { record: RunRecord; nodes: readonly RunNode[]; log: RunState['log'] }

/** A new plan from what did not move. Nothing starts here: the plan goes through the whole wizard. */
export const MigrateRest = ({ record, nodes, log }: MigrateRestProps) => {
  const groups = useMemo(() => restOf(nodes, record.options, causesOf(log)), [nodes, record.options, log])
  const [choices, setChoices] = useState<ReadonlyMap<RestCause, RestChoice>>(new Map())
  const draft = useRestDraft(record)
  if (groups.length === 0) return null
  const plan = restPlan(groups, choices)
  return (
    <Card title="Migrate the rest" aside="what did not move, by cause" className="mt-3">
      <ul className="divide-y divide-line">
        {groups.map((group) => (
          <Group
            key={group.cause}
            group={group}
            run={record.run}
            choice={choices.get(group.cause) ?? usualChoice(group)}
            onChoose={(choice) => setChoices(new Map(choices).set(group.cause, choice))}
          />
        ))}
      </ul>
      {draft.error ? <FormError error={asProblem(draft.error)} /> : null}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button isBusy={draft.isPending} disabledReason={plan.nodeNames.length === 0 ? 'Every group is left out.' : null} onClick={() => draft.mutate(plan)}>
          Plan {counted(plan.nodeNames.length, 'node')}
        </Button>
        <span className="text-text-2">Opens a new plan with the options of this run. Nothing is started.</span>
      </div>
    </Card>
  )
}
