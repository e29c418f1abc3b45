// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { makePlan, type Plan } from '@/components/wizard/use-plan'
import { useReview } from '@/components/wizard/use-review'
import { newDraftPreferences, type PreferencesForm } from '@/lib/contract/draft'
import type { NodesAnswer } from '@/lib/contract/nodes'
import { ProblemError } from '@/lib/queries/problem-error'
import { reviewOf } from '@/lib/queries/reviewed-plan'

const row = { poolName: 'npweb', runningPods: 3, match: { kind: 'default' }, readiness: 'ready', findings: [], vmSize: null, zone: null, spec: null } as const
const nodes: NodesAnswer = { nodes: ['a', 'b', 'c'].map((nodeName) => ({ nodeName, ...row, findings: [] })), specs: [], findings: [], vngs: [], clusterNodes: 3, fetchedAtMs: 0, problems: [], drift: [] }

const planOf = (standalone: string[], change: Partial<PreferencesForm> = {}): Plan => {
  const plan = makePlan(nodes, { nodeNames: ['a', 'b'], preferences: { ...newDraftPreferences, ...change } })
  return { ...plan, effects: { ...plan.effects, standalone: { pods: standalone, nodes: ['a'] } } }
}
const review = (plan: Plan) => renderHook((props: { plan: Plan; isAtLaunch: boolean }) => useReview({ ...props, clusterName: 'prod', heartbeat: 'reporting' }), { initialProps: { plan, isAtLaunch: true } })
const riskOf = ({ result }: ReturnType<typeof review>, id: string) => result.current.risks.find((risk) => risk.id === id)!

test('a tick is for the sentence that was read, and not for a risk that has grown since', () => {
  const hook = review(planOf(['shop/once']))
  act(() => hook.result.current.risks.forEach((risk) => hook.result.current.acknowledge(risk, true)))
  expect(hook.result.current.openReason).toBeNull()
  hook.rerender({ plan: planOf(['shop/once', 'shop/twice', 'shop/more']), isAtLaunch: true })
  expect(riskOf(hook, 'evicts-standalone-pods').sentence).toContain('3 pods')
  expect([...hook.result.current.acknowledged]).toEqual(['terminates-nodes'])
  expect(hook.result.current.openReason).toBe('Acknowledge 1 risk first.')
})

test('leaving the step takes ticks, the typed name and what the server had refused along', () => {
  const plan = planOf(['shop/once'], { respectPdb: false })
  const hook = review(plan)
  act(() => hook.result.current.risks.forEach((risk) => hook.result.current.acknowledge(risk, true)))
  act(() => hook.result.current.name?.type('prod'))
  const fresh = reviewOf({ nodes, readiness: null, facts: null, heartbeat: 'reporting' }, ['a', 'c'])
  const attachment = { differences: [{ kind: 'gone', nodeNames: ['b'] }], fresh, risks: [] }
  act(() => hook.result.current.refused(new ProblemError({ code: 'plan_changed', title: '', detail: '', status: 409, attachment })))
  expect(hook.result.current.differences).toHaveLength(1)
  hook.rerender({ plan, isAtLaunch: false })
  hook.rerender({ plan, isAtLaunch: true })
  expect(hook.result.current.differences).toEqual([])
  expect(hook.result.current.acknowledged.size).toBe(0)
  expect(hook.result.current.name?.typed).toBe('')
  act(() => void hook.result.current.accept())
  expect(hook.result.current.reviewed.nodeNames, 'of the plan as it is, not of what was refused').toEqual(['a', 'b'])
})

test('what is accepted says which nodes leave the plan and which join it', () => {
  const hook = review(planOf([]))
  const fresh = reviewOf({ nodes, readiness: null, facts: null, heartbeat: 'reporting' }, ['a', 'c'])
  act(() => hook.result.current.refused(new ProblemError({ code: 'plan_changed', title: '', detail: '', status: 409, attachment: { differences: [{ kind: 'added', nodeNames: ['c'] }], fresh, risks: [] } })))
  act(() => expect(hook.result.current.accept()).toEqual({ gone: ['b'], added: ['c'] }))
})
