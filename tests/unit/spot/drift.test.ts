import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTolerantly } from '@/lib/spot/drift'
import { envelope } from '@/lib/spot/schemas/envelope'
import { migration } from '@/lib/spot/schemas/migration'
import { node } from '@/lib/spot/schemas/node'
import { repeats } from '@/tests/support/soak'

const wrap = (...items: unknown[]) => ({ request: { id: 'r' }, response: { items, count: items.length } })
const readNodes = (...items: unknown[]) => readTolerantly(envelope(node), wrap(...items))
const readRuns = (...items: unknown[]) => readTolerantly(envelope(migration), wrap(...items))

const run = () => ({
  id: 'scr-1',
  status: 'IN_PROGRESS',
  migrationProgress: {
    progressPercentage: 40,
    detailedStatus: {
      oldNodes: [
        { nodeName: 'aks-a', status: 'REPLACED', podDetails: [{ podName: 'p1' }, { podName: 'p2' }], runningPods: '6' },
        { nodeName: 'aks-b', status: 'TO_BE_REPLACED' },
      ],
      scaleNodePools: [{ nodePoolName: 'omnp1', status: 'Scaling', newNodes: 1 }],
    },
  },
})

describe('readTolerantly', () => {
  it('keeps a row whose field has the wrong type, reads the field as missing and names it', () => {
    const reading = readNodes({ nodeName: 'a', vmSize: 7 }, { nodeName: 'b', vmSize: 'D4', labels: { team: { x: 1 }, tier: 1 }, taints: [5, 'k=v:NO_SCHEDULE'] })
    expect(reading).toMatchObject({
      data: {
        response: {
          items: [
            { nodeName: 'a', vmSize: null },
            { nodeName: 'b', vmSize: 'D4', labels: { tier: '1' }, taints: ['k=v:NO_SCHEDULE'] },
          ],
        },
      },
    })
    expect(reading.drift.toSorted()).toEqual(['response.items[].labels.team', 'response.items[].taints[]', 'response.items[].vmSize'])
  })

  it.each([
    ['a node without a name', readNodes({ nodeName: 'a' }, { vmSize: 'D4' }), 'response.items[1].nodeName'],
    ['a node that is null', readNodes({ nodeName: 'a' }, null), 'response.items[1]'],
    ['a run without a status', readRuns({ id: 'scr-1' }), 'response.items[0].status'],
    ['a run whose status is a number', readRuns({ ...run(), status: 3 }), 'response.items[0].status'],
    ['a list that is missing', readTolerantly(envelope(node), { response: {} }), 'response.items'],
    ['null', readTolerantly(envelope(node), null), '(the whole answer)'],
    ['a list of another type', readTolerantly(envelope(node), { response: { items: {} } }), 'response.items'],
  ])('refuses %s whole and says where it broke', (_, reading, brokenAt) => {
    expect(reading).toMatchObject({ brokenAt })
  })

  it('never lets the nodes of a run vanish', () => {
    const broken = run()
    expect(readRuns({ ...broken, migrationProgress: { detailedStatus: { oldNodes: 'none' } } })).toHaveProperty('brokenAt')
    expect(readRuns({ ...broken, migrationProgress: 'done' })).toHaveProperty('brokenAt')
  })

  it('drops single broken pods and pools from a run, from the back and without losing their neighbours', () => {
    const odd = run()
    Reflect.set(odd.migrationProgress.detailedStatus.oldNodes[0] ?? {}, 'podDetails', [{ podName: 1 }, { podName: 'p2' }, null, { podName: 'p4' }])
    const reading = readRuns(odd)
    expect(reading).toMatchObject({ data: { response: { items: [{ oldNodes: [{ podDetails: [{ podName: 'p2' }, { podName: 'p4' }] }, {}] }] } } })
  })

  it('keeps every node of a run through any mutation of a field, or refuses the answer with a path', () => {
    const value = fc.oneof(fc.constant(null), fc.constant(undefined), fc.string(), fc.integer(), fc.boolean(), fc.constant([]), fc.constant({}), fc.constant([null]))
    fc.assert(
      fc.property(fc.nat(), value, (pick, replacement) => {
        const item = run()
        const spots = fieldsOf(item.migrationProgress.detailedStatus.oldNodes)
        const spot = spots[pick % spots.length]
        if (spot !== undefined) Reflect.set(spot.holder, spot.key, replacement)
        const reading = readRuns(item)
        if ('brokenAt' in reading) expect(reading.brokenAt).toMatch(/^response\.items\[0\]/)
        else expect(reading.data.response.items[0]?.oldNodes).toHaveLength(2)
      }),
      { numRuns: repeats(500, 20_000), seed: 7 },
    )
  })

  it('reads 5,000 rows that all carry the same odd field as one note', () => {
    const reading = readNodes(...Array.from({ length: 5_000 }, (_, index) => ({ nodeName: `n${index}`, allocatableGpu: 'none' })))
    expect(reading.drift).toEqual(['response.items[].allocatableGpu'])
  })
})

type Spot = { holder: object; key: string }
const fieldsOf = (value: unknown): Spot[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...fieldsOf(inner)])
}
