import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { node } from '@/lib/spot/schemas/node'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, readItems } from './support/call'
import { clusterNodes, namesIn, startRun, toEnd } from './support/runs'

type Group = { summary: { total: number }; resources: { metadata: { name: string; namespace: string }; total: number }[] }
type Item = { result: { totalForDuration: { summary?: { total: number }; detailedCosts?: { groupedBy: string; aggregations: Record<string, Group> } } } }

const hourMs = 3_600_000
const costsPath = '/ocean/azure/k8s/cluster/o-demo0001/aggregatedCosts'
const startMs = Date.UTC(2026, 0, 10)
const at = (hours: number) => new Date(startMs + hours * hourMs).toISOString()

let simulator: TestSimulator
let nowMs = startMs

const ask = async (path: string, body: object) => {
  const { status, items, errors } = await call(simulator.baseUrl, `${costsPath}${path}`, { method: 'POST', body })
  return { status, errors, result: (items[0] as Item | undefined)?.result.totalForDuration }
}
const totalOf = async (range: object) => (await ask('/summary', range)).result?.summary?.total ?? NaN
const groupsOf = async (range: object) => (await ask('', range)).result?.detailedCosts?.aggregations ?? {}
const hours = (from: number, to: number) => ({ startTime: at(from), endTime: at(to) })
const conditions = (scope: string, ...sets: object[][]) => ({ filter: { scope, conditions: { anyMatch: sets.map((allMatch) => ({ allMatch })) } } })

describe('costs over time', () => {
  beforeEach(async () => {
    nowMs = startMs
    simulator = await startSimulator({ speed: 1, nodes: 20 }, () => nowMs)
  })
  afterEach(() => simulator.close())

  it('are those of the nodes for the hours that have passed', async () => {
    nowMs += 2 * hourMs
    const perHour = (await clusterNodes(simulator)).reduce((sum, found) => sum + ((found.allocatableMilliCpu ?? 0) / 1000) * (found.lifeCycle === 'Spot' ? 0.016 : 0.048), 0)
    expect(await totalOf(hours(0, 1))).toBeCloseTo(perHour, 6)
    expect(await totalOf(hours(0, 24))).toBeCloseTo(2 * perHour, 6)
    expect(await totalOf(hours(3, 24))).toBe(0)
  })

  it('begin with a node and stay after it has gone', async () => {
    nowMs += hourMs
    const [name = ''] = await namesIn(simulator, 'npweb')
    const [gone] = await readItems(node, simulator.baseUrl, `${demoCluster}/nodes?nodeName=${name}`)
    await simulator.admin.twin({ kind: 'vanish-node', clusterId: 'o-demo0001', nodeName: name })
    nowMs += hourMs
    const [before, after] = [await totalOf(hours(0, 1)), await totalOf(hours(1, 2))]
    expect(before - after).toBeCloseTo(((gone?.allocatableMilliCpu ?? 0) / 1000) * 0.048, 6)
    expect(await totalOf(hours(0, 2))).toBeCloseTo(before + after, 6)
  })

  it('fall when a migration moves nodes onto Spot', async () => {
    const { id } = await startRun(simulator, { nodePoolNames: ['npweb'] })
    const before = await (async () => {
      nowMs += hourMs
      return totalOf(hours(-1, 0))
    })()
    await toEnd(simulator, id)
    nowMs += 2 * hourMs
    expect(await totalOf(hours(2, 3))).toBeLessThan(before)
  })
})

describe('filters and groups of costs', () => {
  const range = hours(-24, 0)
  beforeAll(async () => {
    nowMs = startMs
    simulator = await startSimulator({}, () => nowMs)
  })
  afterAll(() => simulator.close())

  it('keep what any set matches in all of its conditions', async () => {
    const all = await groupsOf({ ...range, groupBy: 'resource.label.app' })
    const [first = '', second = ''] = Object.keys(all).filter((key) => key !== 'no-value')
    const is = (value: string) => ({ type: 'label', key: 'app', operator: 'equals', value })
    const either = await groupsOf({ ...range, groupBy: 'resource.label.app', ...conditions('resource', [is(first)], [is(second)]) })
    expect(either).toEqual({ [first]: all[first], [second]: all[second] })
    expect(await groupsOf({ ...range, ...conditions('resource', [is(first), is(second)]) })).toEqual({})
    expect(await totalOf({ ...range, ...conditions('resource', [is(first)]) })).toBeCloseTo(all[first]?.summary.total ?? NaN, 6)
    const others = await groupsOf({ ...range, groupBy: 'resource.label.app', ...conditions('resource', [{ type: 'label', key: 'app', operator: 'notEquals', value: first }]) })
    expect(Object.keys(others).sort()).toEqual(Object.keys(all).filter((key) => key !== first).sort())
  })

  it.each([
    ['exists', 0],
    ['notExists', 1],
  ] as const)('know no label on a namespace: %s', async (operator, share) => {
    const body = { ...range, ...conditions('namespace', [{ type: 'label', key: 'env', operator }]) }
    expect(await totalOf(body)).toBeCloseTo(share * (await totalOf(range)), 6)
  })

  it('put what has no such label together', async () => {
    expect(Object.keys(await groupsOf({ ...range, groupBy: 'namespace.label.env' }))).toEqual(['no-value'])
  })

  it('take times as epoch milliseconds too', async () => {
    const asNumbers = { startTime: String(startMs - 24 * hourMs), endTime: String(startMs) }
    expect(await totalOf(asNumbers)).toBe(await totalOf(range))
  })

  it.each([
    ['a condition without its value', conditions('resource', [{ type: 'label', key: 'app', operator: 'equals' }])],
    ['an empty key', conditions('resource', [{ type: 'label', key: '', operator: 'exists' }])],
    ['an operator of its own', conditions('resource', [{ type: 'label', key: 'app', operator: 'like', value: 'a' }])],
    ['a scope of its own', conditions('pod', [])],
    ['another way to group', { groupBy: 'cluster' }],
    ['a time that is none', { startTime: 'yesterday' }],
  ])('refuse %s with 400 and the field', async (_name, more) => {
    const { status, errors } = await ask('', { ...range, ...more })
    expect(status).toBe(400)
    expect(errors[0]?.field).toMatch(/^(filter|groupBy|startTime)/)
  })
})
