'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { FormError } from '@/components/form/form-error'
import { WizardShell, type WizardStepItem } from '@/components/form/wizard-shell'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { useNow } from '@/components/ui/use-now'
import type { ClusterRow } from '@/lib/contract/clusters'
import type { DraftAnswer } from '@/lib/contract/draft'
import { counted } from '@/lib/format/plural'
import { clusterQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { routes, wizardSteps, type WizardStep } from '@/lib/routes'
import { blockedBy, checksOf } from './checks'
import { DraftConflict } from './draft-conflict'
import { WithPresets } from './presets-bar'
import { useRehearsal } from './rehearsal/use-rehearsal'
import { wizardParams } from './search-params'
import { StepNodes } from './step-nodes'
import { useDraft, type DraftConflict as DraftConflictWays } from './use-draft'
import { useLaunch } from './use-launch'
import { usePlan, type Plan } from './use-plan'
import { useReview } from './use-review'

const UnfinishedPlans = dynamic(() => import('@/components/domain/unfinished-plans').then((file) => file.UnfinishedPlans), { ssr: false })
// Most of the wizard is its form and the plan; each comes once somebody goes there.
const StepPreferences = dynamic(() => import('./step-preferences').then((file) => file.StepPreferences), { ssr: false, loading: () => <Skeleton className="h-80" /> })
const StepPlan = dynamic(() => import('./step-plan').then((file) => file.StepPlan), { ssr: false, loading: () => <Skeleton className="h-80" /> })
const PlanAsCode = dynamic(() => import('./step-plan').then((file) => file.PlanAsCode), { ssr: false })
const StepLaunch = dynamic(() => import('./step-launch').then((file) => file.StepLaunch), { ssr: false, loading: () => <Skeleton className="h-80" /> })
const LaunchButton = dynamic(() => import('./step-launch').then((file) => file.LaunchButton), { ssr: false })
const LaunchedPlan = dynamic(() => import('./launched-plan').then((file) => file.LaunchedPlan), { ssr: false })
const RollbackCard = dynamic(() => import('./rollback-card').then((file) => file.RollbackCard), { ssr: false, loading: () => <Skeleton className="h-40" /> })

const labels: Record<WizardStep, string> = { nodes: 'Nodes', preferences: 'Preferences', plan: 'Plan', launch: 'Launch' }

/** Why a step cannot be opened yet; each rests on those before it. */
const closedBecause = (step: WizardStep, plan: Plan): string | null => {
  if (step !== 'nodes' && plan.facts.nodes === 0) return 'Nothing that is selected can move.'
  if ((step === 'plan' || step === 'launch') && plan.preferences === null) return 'A preference is not valid: correct it first.'
  return null
}

const stepItems = (plan: Plan, current: WizardStep): WizardStepItem<WizardStep>[] => {
  const at = wizardSteps.indexOf(current)
  return wizardSteps.map((id, index) => ({ id, label: labels[id], disabledReason: closedBecause(id, plan), isDone: index < at && closedBecause(id, plan) === null }))
}

/** A name that another cluster may have too, with the id and the region. */
const titleOf = (clusterId: string, cluster: ClusterRow | undefined): string => (cluster === undefined ? clusterId : `${cluster.name} (${[clusterId, ...(cluster.region === null ? [] : [cluster.region])].join(', ')})`)

/** The wizard: nodes, preferences, plan, launch. The step stands in the address, the choices in the draft. */
export const WizardScreen = ({ clusterId }: { clusterId: string }) => {
  const [{ draft: draftId, step }, setParams] = useQueryStates(wizardParams, { history: 'push' })
  const { query, change, flush, saveError, conflict, resets } = useDraft(clusterId, draftId)
  const facts = usePlan(clusterId, query.data)
  if (draftId === null)
    return (
      <>
        <EmptyState
          isPage
          title="No nodes are selected"
          action={
            <Link href={routes.nodes(clusterId)} className={buttonLook({ variant: 'primary' })}>
              Select nodes
            </Link>
          }
        >
          A plan begins with the nodes it moves.
        </EmptyState>
        <UnfinishedPlans clusterId={clusterId} />
      </>
    )
  const error = query.error ?? (facts.plan === null ? facts.query.error : null)
  if (error) return <ErrorState error={asProblem(error)} onRetry={() => void (query.error ? query.refetch() : facts.query.refetch())} />
  if (!query.data || facts.plan === null) return <Skeleton className="h-80" />
  const goTo = (next: WizardStep) => {
    flush()
    void setParams({ step: next })
  }
  return <Wizard key={`${draftId} ${resets}`} clusterId={clusterId} draft={query.data} plan={facts.plan} step={step} goTo={goTo} onChange={change} saveError={saveError} conflict={conflict} />
}

type WizardProps = {
  clusterId: string
  draft: DraftAnswer
  plan: Plan
  step: WizardStep
  goTo: (step: WizardStep) => void
  onChange: ReturnType<typeof useDraft>['change']
  saveError: unknown
  conflict: DraftConflictWays | null
}

const Wizard = ({ clusterId, draft, plan, step: wanted, goTo, onChange, saveError, conflict }: WizardProps) => {
  const nowMs = useNow()
  const rehearsal = useRehearsal(clusterId, plan)
  const launch = useLaunch(clusterId, draft, rehearsal)
  const cluster = useQuery(clusterQuery(clusterId))
  // A link to a step that is closed leads to the last one that is open.
  const step = closedBecause(wanted, plan) === null ? wanted : plan.facts.nodes === 0 ? 'nodes' : 'preferences'
  const at = wizardSteps.indexOf(step)
  const clusterName = cluster.data?.cluster.name ?? clusterId
  const heartbeat = cluster.isPending ? undefined : (cluster.data?.cluster.heartbeat.state ?? null)
  const review = useReview({ plan, clusterName, heartbeat, isAtLaunch: step === 'launch' })
  const [before, after] = [wizardSteps[at - 1], wizardSteps[at + 1]]
  const checks = checksOf(plan, cluster.data?.cluster, nowMs ?? plan.nodes.fetchedAtMs)
  const blocked = conflict === null ? blockedBy(plan, checks) : 'This plan was changed elsewhere: say first which of the two counts.'
  return (
    <>
      <PageHeader
        title={`Migrate ${counted(plan.facts.nodes, 'node')}`}
        meta={
          <>
            facts read <Time atMs={plan.nodes.fetchedAtMs} />
          </>
        }
      />
      {conflict ? <DraftConflict error={saveError} conflict={conflict} /> : saveError ? <FormError error={asProblem(saveError)} /> : null}
      <LaunchedPlan launch={launch} draft={draft} />
      <WizardShell
        label="Steps of the migration"
        steps={stepItems(plan, step)}
        current={step}
        onGoTo={goTo}
        footer={
          <>
            <span className="flex flex-wrap gap-2">
              {before ? <Button onClick={() => goTo(before)}>Back</Button> : null}
              {step === 'plan' ? <PlanAsCode plan={plan} clusterId={clusterId} /> : null}
            </span>
            {after ? (
              <Button variant="primary" disabledReason={closedBecause(after, plan)} onClick={() => goTo(after)}>
                Continue to {labels[after].toLowerCase()}
              </Button>
            ) : (
              <LaunchButton plan={plan} launch={launch} review={review} blocked={blocked} />
            )}
          </>
        }
      >
        {step === 'nodes' ? <StepNodes plan={plan} clusterId={clusterId} draftId={draft.draftId} nodeNames={draft.nodeNames} onChange={onChange} /> : null}
        {step === 'preferences' ? (
          <WithPresets clusterId={clusterId} form={draft.preferences} onApply={(preferences) => onChange({ preferences })}>
            {(initial) => <StepPreferences plan={plan} initial={initial} onChange={(preferences) => onChange({ preferences })} />}
          </WithPresets>
        ) : null}
        {step === 'plan' ? <StepPlan plan={plan} checks={checks} rehearsal={rehearsal} draft={draft} onChange={onChange} /> : null}
        {step === 'plan' ? <RollbackCard plan={plan} clusterId={clusterId} /> : null}
        {step === 'launch' ? (
          <StepLaunch
            clusterId={clusterId}
            plan={plan}
            clusterTitle={titleOf(clusterId, cluster.data?.cluster)}
            launch={launch}
            review={review}
            onNodes={({ gone, added }) => onChange({ nodeNames: [...new Set([...draft.nodeNames.filter((name) => !gone.includes(name)), ...added])] })}
          />
        ) : null}
      </WizardShell>
    </>
  )
}
