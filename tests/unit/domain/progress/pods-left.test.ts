import { describe, expect, test } from 'vitest'
import { runNodes, runPods } from '@/components/run/node-rows'
import { diffMigration } from '@/lib/domain/progress/diff'
import type { LandingFacts } from '@/lib/domain/progress/landing-facts'
import { podsLeftOf } from '@/lib/domain/progress/pods-left'
import { runSeries } from '@/lib/domain/progress/series'
import { foldRun } from '@/lib/domain/progress/state'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import { makeMigration, stamp } from '@/tests/factories/migration'

const minute = 60_000
const nodes = ([moved, moving, skipped, failed, untouched, waiting]: readonly string[]) => [
  { name: 'moved', status: moved ?? '', pods: 1 },
  { name: 'moving', status: moving ?? '', pods: 2 },
  { name: 'skipped', status: skipped ?? '', pods: 4 },
  { name: 'failed', status: failed ?? '', pods: 8 },
  { name: 'untouched', status: untouched ?? '', pods: 16 },
  { name: 'waiting', status: waiting ?? '', pods: 32 },
]
const look = (goneOld: string[], backOld: string[] = []): NewRunChange => ({
  kind: 'landing',
  body: { batch: 1, isLast: false, problem: null, newNodes: [], goneNew: [], goneOld, backOld, targets: [], pods: { state: 'not-connected' } } satisfies LandingFacts,
})

const recorded = (...moments: NewRunChange[][]): RunChange[] => moments.reduce<RunChange[]>((changes, moment, index) => [...changes, ...stamp(moment, changes.length, index * minute)], [])

const begun = diffMigration(foldRun([]), makeMigration({ nodes: nodes(['REPLACED', 'IN_PROGRESS', 'NOT_REPLACED_DUE_TO_PDB', 'COULD_NOT_BE_REPLACED', 'DID_NOT_REPLACE', 'TO_BE_REPLACED']) }))

const lastOfChart = (changes: RunChange[]) => runSeries(changes).at(-1)?.podsLeft

describe('pods left on old nodes', () => {
  test('are those of every node but the ones that moved, in the head, the chart and the list alike', () => {
    const changes = recorded(begun)
    const state = foldRun(changes)
    expect(podsLeftOf(state)).toBe(2 + 4 + 8 + 16 + 32)
    expect(lastOfChart(changes)).toBe(62)
    expect(runPods(runNodes(state))).toHaveLength(62)
  })

  test('are none on a node that is gone from the cluster, until it is seen again', () => {
    const gone = recorded(begun, [look([])], [look(['failed'])])
    expect(podsLeftOf(foldRun(gone))).toBe(54)
    expect(lastOfChart(gone)).toBe(54)
    expect(runPods(runNodes(foldRun(gone)))).toHaveLength(54)
    const back = recorded(begun, [look([])], [look(['failed'])], [look([], ['failed'])])
    expect(podsLeftOf(foldRun(back))).toBe(62)
    expect(lastOfChart(back)).toBe(62)
  })

  test('stay on a node that the first look does not find: whether it was there is not known', () => {
    const changes = recorded(begun, [look(['failed'])])
    expect(podsLeftOf(foldRun(changes))).toBe(62)
    expect(lastOfChart(changes)).toBe(62)
  })

  test('are not known while one of these nodes gives no number', () => {
    const known = foldRun(recorded(begun))
    const without = (name: string) => podsLeftOf({ ...known, nodes: new Map([...known.nodes].map(([key, node]) => [key, key === name ? { ...node, runningPods: null } : node])) })
    expect(without('waiting')).toBeNull()
    expect(without('moved')).toBe(62)
  })
})
