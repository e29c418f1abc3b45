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

/**
 * What a person does on the last step. `acknowledged` keeps the sentence of each risk that was ticked: one that
 * reads otherwise by now is another risk.
 */
type Visit = { pin: Pin | null; refusal: LaunchReview | null; acknowledged: ReadonlyMap<RiskId, string>; typedName: string }
const noVisit: Visit = { pin: null, refusal: null, acknowledged: new Map(), typedName: '' }

const acknowledgedOf = (risks: readonly Risk[], acknowledged: Visit['acknowledged']): Set<RiskId> => new Set(risks.flatMap(({ id, sentence }) => (acknowledged.get(id) === sentence ? [id] : [])))

/** Those that still read as they did when they were acknowledged. */
const stillAcknowledged = (acknowledged: Visit['acknowledged'], now: readonly Risk[]) => new Map([...acknowledged].filter(([id, sentence]) => now.some((risk) => risk.id === id && risk.sentence === sentence)))

const withTick = (acknowledged: Visit['acknowledged'], { id, sentence }: Risk, isOn: boolean) => {
  const others = [...acknowledged].filter(([other]) => other !== id)
  return new Map(isOn ? [...others, [id, sentence] as const] : others)
}

/** `heartbeat` undefined while the cluster is being read, null where it could not be. */
type Input = { plan: Plan; clusterName: string; heartbeat: HeartbeatAnswer['state'] | null | undefined; isAtLaunch: boolean }

/**
 * What is launched: the plan as it was when the last step was opened. What is read after that, here or by the
 * server, is told as differences and accepted before the launch. Leaving the step begins a new review.
 */
export const useReview = ({ plan, clusterName, heartbeat, isAtLaunch }: Input) => {
  const [visit, setVisit] = useState(noVisit)
  const { pin, refusal, typedName } = visit
  const go = (change: Partial<Visit>) => setVisit((known) => ({ ...known, ...change }))
  const planned = useMemo(() => plannedNames(plan), [plan])
  const now = useMemo(() => readNow(plan, heartbeat ?? null, [...planned, ...(pin?.plan.nodeNames ?? [])]), [plan, planned, heartbeat, pin])
  const { readiness, isReading } = plan.extras

  const isOpen = isAtLaunch && !isReading && heartbeat !== undefined
  if (isOpen && pin === null) go({ pin: { plan: now, basis: readiness, risks: [] } })
  if (!isAtLaunch && visit !== noVisit) setVisit(noVisit)

  const risks = risksFor(plan, pin?.risks ?? [])
  const acknowledged = acknowledgedOf(risks, visit.acknowledged)
  const differences = useMemo(() => refusal?.differences ?? changesSince(pin, now, plan), [refusal, pin, now, plan])
  const isNameAsked = plan.preferences !== null && needsTypedName(plan.preferences)

  /** Takes over what the server has seen when it refused the launch. */
  const refused = (error: unknown) => {
    const { code, attachment } = asProblem(error)
    const parsed = launchReview.safeParse(attachment)
    if (!parsed.success) return
    const acknowledged = stillAcknowledged(visit.acknowledged, parsed.data.risks)
    go(code === 'plan_changed' ? { acknowledged, refusal: parsed.data } : { acknowledged, pin: { plan: pin?.plan ?? now, basis: readiness, risks: parsed.data.risks } })
  }

  /** The plan as it is now becomes the one that is launched. Gives the nodes that are no longer in it, and those that have joined it. */
  const accept = (): { gone: string[]; added: string[] } => {
    const fresh = refusal?.fresh ?? onlyNodes(now, planned)
    go({ pin: { plan: fresh, basis: readiness, risks: refusal?.risks ?? [] }, refusal: null })
    const [before, after] = [new Set(pin?.plan.nodeNames), new Set(fresh.nodeNames)]
    return { gone: [...before].filter((name) => !after.has(name)), added: [...after].filter((name) => !before.has(name)) }
  }

  /** Takes nodes out that the person leaves behind, so that they are not told as gone once more. */
  const leaveOut = (names: readonly string[]) => {
    if (pin !== null) go({ pin: { ...pin, plan: onlyNodes(pin.plan, pin.plan.nodeNames.filter((name) => !names.includes(name))) } })
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
    acknowledge: (risk: Risk, isOn: boolean) => setVisit((known) => ({ ...known, acknowledged: withTick(known.acknowledged, risk, isOn) })),
    name: isNameAsked ? { typed: typedName, type: (typed: string) => go({ typedName: typed }), expected: clusterName } : null,
    openReason: openReason(),
  }
}
export type Review = ReturnType<typeof useReview>
