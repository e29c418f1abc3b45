'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { Time } from '@/components/ui/time'
import { scaledPoolText } from '@/lib/domain/plan/pool-scaling'
import { factsOfPools, knownLimits, pastesOf, type RollbackFacts } from '@/lib/domain/plan/rollback'
import { readCommands } from '@/lib/domain/plan/rollback-commands'
import { listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { keepAnswer } from '@/lib/queries/keep-answer'
import { keys } from '@/lib/queries/keys'
import { asProblem } from '@/lib/queries/problem-error'
import { keepPoolLimits } from '@/lib/queries/rollback'

type RollbackLimitsProps = { clusterId: string; facts: RollbackFacts; pools: readonly string[] }

const Kept = ({ facts, pools }: Pick<RollbackLimitsProps, 'facts' | 'pools'>) => {
  const { limits, scaled } = factsOfPools(facts, pools)
  const written = scaled ?? []
  if (limits === null && written.length === 0)
    return (
      <p className="mt-2 text-text-2">
        Limits of the pools’ autoscalers: nobody has pasted them, and {facts.scaled == null ? 'the status of the cluster autoscaler was not read' : 'the cluster autoscaler names none of these pools'}. A run switches the autoscalers off, and afterwards the limits are lost.
      </p>
    )
  const known = new Set(knownLimits({ limits, scaled, pools: null }).map(({ name }) => name))
  const missing = pools.filter((name) => !known.has(name))
  return (
    <p className="mt-2">
      {written.length > 0 ? `Limits of ${listed(written.map(scaledPoolText))}, as the cluster autoscaler has written them. ` : null}
      {(limits === null ? [] : pastesOf(limits)).map(({ names, pastedBy, pastedAtMs }) => (
        <Fragment key={names[0]}>
          Limits of {listed(names)}, pasted by {visibleText(pastedBy)} <Time atMs={pastedAtMs} />.{' '}
        </Fragment>
      ))}
      {missing.length > 0 ? `Missing: ${listed(missing)}.` : null}
    </p>
  )
}

/** The limits of the pools' autoscalers are not in Spot's API: what Kubernetes tells of them, the commands that read them, and a place to keep their output. */
export const RollbackLimits = ({ clusterId, facts, pools }: RollbackLimitsProps) => {
  const client = useQueryClient()
  const [text, setText] = useState('')
  const commands = readCommands(facts, pools).join('\n')
  const keep = useMutation({
    mutationFn: () => keepPoolLimits(clusterId, text),
    onSuccess: async (answer) => {
      await keepAnswer(client, keys.rollbackFacts(clusterId), answer)
      setText('')
    },
  })
  const problem = keep.error ? asProblem(keep.error) : null
  return (
    <>
      <Kept facts={facts} pools={pools} />
      <details className="mt-1">
        <summary className="cursor-pointer text-accent">{facts.limits === null ? 'Read and keep them' : 'Read and keep them again'}</summary>
        <div className="mt-2 grid gap-2">
          <div className="flex items-start gap-1">
            <pre tabIndex={0} aria-label="Commands that read the limits" className="min-w-0 flex-1 overflow-x-auto rounded bg-sunken p-2 font-mono text-xs">
              {commands}
            </pre>
            <CopyButton text={commands} label="Copy the commands" />
          </div>
          <Field label="Their output" help="The JSON of all of them, one after another. It is kept for this cluster, and everybody of the account sees it. Limits of other pools stay as they were pasted." error={problem?.detail}>
            {(wiring) => <Textarea {...wiring} rows={4} value={text} onChange={(event) => setText(event.target.value)} className="font-mono text-xs" />}
          </Field>
          <div>
            <Button isBusy={keep.isPending} disabledReason={text.trim() === '' ? 'Paste the output first.' : null} onClick={() => keep.mutate()}>
              Keep the limits
            </Button>
          </div>
        </div>
      </details>
    </>
  )
}
