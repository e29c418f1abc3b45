'use client'

import { useMemo, useState } from 'react'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'
import type { PreferencesInput } from '@/lib/contract/draft'
import { launchReview, type LaunchReview } from '@/lib/contract/launch'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import { planDifferences, type PlanDifference } from '@/lib/domain/plan/differences'
import { onlyNodes, type ReviewedPlan } from '@/lib/domain/plan/reviewed'
import { needsTypedName, risksOf, type Risk, type RiskId } from '@/lib/domain/plan/risks'
import { counted } from '@/lib/format/plural'
import { asProblem } from '@/lib/queries/problem-error'
import { reviewOf } from '@/lib/queries/reviewed-plan'
import { plannedNames, type Plan } from './use-plan'

/** The plan as the person saw it; what is read later is compared with it. `basis` is the reading that it rests on. */
type Pin = { plan: ReviewedPlan; basis: ReadinessAnswer | null; risks: readonly Risk[] }

const ownRisks = (plan: Plan, options: PreferencesInput) => risksOf({ options, nodes: plan.facts.nodes, largestBatch: Math.max(0, ...(plan.worst?.sizes ?? [])), effects: plan.effects })

/** Risks by what is read here, and those that the server has seen beside them. */
const risksFor = (plan: Plan, pinned: readonly Risk[]): Risk[] => {
  if (plan.preferences === null) return []
  const own = ownRisks(plan, plan.preferences)
  return [...own, ...pinned.filter(({ id }) => !own.some((risk) => risk.id === id))]
}

/** What the answers read last show of the nodes that move, and of those that were to move. */
const readNow = ({ nodes, extras: { readiness, facts } }: Plan, heartbeat: HeartbeatAnswer['state'] | null, names: readonly string[]): ReviewedPlan => {
  const offered = new Set(nodes.nodes.map(({ nodeName }) => nodeName))
  return reviewOf({ nodes, readiness, facts, heartbeat }, [...new Set(names)].filter((name) => offered.has(name)))
}

const changesSince = (pin: Pin | null, now: ReviewedPlan, { preferences, extras: { readiness, facts } }: Plan): PlanDifference[] =>
  pin === null || preferences === null || pin.basis === readiness ? [] : planDifferences({ reviewed: pin.plan, fresh: now, options: preferences, managed: new Set(facts?.managed) })

/** Those whose risk still reads as it did when it was acknowledged. */
const stillAcknowledged = (acknowledged: ReadonlySet<RiskId>, shown: readonly Risk[], now: readonly Risk[]) =>
  new Set([...acknowledged].filter((id) => shown.find((risk) => risk.id === id)?.sentence === now.find((risk) => risk.id === id)?.sentence))

/** `heartbeat` undefined while the cluster is being read, null where it could not be. */
type Input = { plan: Plan; clusterName: string; heartbeat: HeartbeatAnswer['state'] | null | undefined; isAtLaunch: boolean }

/**
 * What is launched: the plan as it was when the last step was opened. What is read after that, here or by the
 * server, is told as differences and accepted before the launch. Leaving the step begins a new review.
 */
export const useReview = ({ plan, clusterName, heartbeat, isAtLaunch }: Input) => {
  const [pin, setPin] = useState<Pin | null>(null)
  const [refusal, setRefusal] = useState<LaunchReview | null>(null)
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<RiskId>>(new Set())
  const [typedName, setTypedName] = useState('')
  const planned = useMemo(() => plannedNames(plan), [plan])
  const now = useMemo(() => readNow(plan, heartbeat ?? null, [...planned, ...(pin?.plan.nodeNames ?? [])]), [plan, planned, heartbeat, pin])
  const { readiness, isReading } = plan.extras

  const isOpen = isAtLaunch && !isReading && heartbeat !== undefined
  if (isOpen && pin === null) setPin({ plan: now, basis: readiness, risks: [] })
  if (!isAtLaunch && pin !== null) setPin(null)

  const risks = risksFor(plan, pin?.risks ?? [])
  const differences = useMemo(() => refusal?.differences ?? changesSince(pin, now, plan), [refusal, pin, now, plan])
  const isNameAsked = plan.preferences !== null && needsTypedName(plan.preferences)

  /** Takes over what the server has seen when it refused the launch. */
  const refused = (error: unknown) => {
    const { code, attachment } = asProblem(error)
    const parsed = launchReview.safeParse(attachment)
    if (!parsed.success) return
    setAcknowledged(stillAcknowledged(acknowledged, risks, parsed.data.risks))
    if (code === 'plan_changed') setRefusal(parsed.data)
    else setPin({ plan: pin?.plan ?? now, basis: readiness, risks: parsed.data.risks })
  }

  /** The plan as it is now becomes the one that is launched. Gives the nodes that are no longer in it. */
  const accept = (): string[] => {
    const fresh = refusal?.fresh ?? onlyNodes(now, planned)
    setPin({ plan: fresh, basis: readiness, risks: refusal?.risks ?? [] })
    setRefusal(null)
    const kept = new Set(fresh.nodeNames)
    return (pin?.plan.nodeNames ?? []).filter((name) => !kept.has(name))
  }

  /** Takes nodes out that the person leaves behind, so that they are not told as gone once more. */
  const leaveOut = (names: readonly string[]) => {
    if (pin !== null) setPin({ ...pin, plan: onlyNodes(pin.plan, pin.plan.nodeNames.filter((name) => !names.includes(name))) })
  }

  const openReason = (): string | null => {
    const open = risks.filter(({ id }) => !acknowledged.has(id)).length
    if (differences.length > 0) return 'Accept what has changed first.'
    if (open > 0) return `Acknowledge ${counted(open, 'risk')} first.`
    return isNameAsked && typedName.trim() !== clusterName ? 'Type the name of the cluster first.' : null
  }

  return {
    /** What is sent, in the order in which the plan takes its nodes. */
    reviewed: useMemo(() => onlyNodes(pin?.plan ?? now, planned), [pin, now, planned]),
    differences,
    refused,
    accept,
    leaveOut,
    risks,
    acknowledged,
    acknowledge: (id: RiskId, isOn: boolean) => setAcknowledged(new Set(isOn ? [...acknowledged, id] : [...acknowledged].filter((other) => other !== id))),
    name: isNameAsked ? { typed: typedName, type: setTypedName, expected: clusterName } : null,
    openReason: openReason(),
  }
}
export type Review = ReturnType<typeof useReview>
