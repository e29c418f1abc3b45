import { expect, test } from 'vitest'
import { shareShape, shareSummary, shareTable } from '@/components/history/share-shape'

const minuteMs = 60_000
const point = (minutes: number, managed: number, unmanaged = 10 - managed) => ({ atMs: minutes * minuteMs, managed, unmanaged, system: 2 })

test('counts that follow each other are joined, and nothing is drawn over a time in which nobody counted', () => {
  const points = [point(0, 1), point(60, 2), point(300, 5), point(301, 6)]
  const shape = shareShape(points)
  expect(shape?.rows.map(({ atMs, percent }) => [Math.floor(atMs / minuteMs), percent])).toEqual([[0, 10], [60, 20], [60, null], [300, 50], [301, 60]])
  expect(shape?.gaps).toEqual([{ fromMs: 60 * minuteMs, untilMs: 300 * minuteMs }])
  expect(shape && shareSummary(points, shape)).toBe('60 % managed at the last count: 6 of 10 nodes. 1 time nobody counted for longer than an hour.')
})

test('a count with no neighbour is marked, so that it can be seen', () => {
  expect(shareShape([point(0, 1), point(500, 2), point(510, 3)])?.rows.map(({ isLone }) => isLone)).toEqual([true, false, false, false])
})

test('one count is drawn, and none is no chart', () => {
  expect(shareShape([])).toBeNull()
  const shape = shareShape([point(5, 1)])
  expect(shape?.rows).toHaveLength(1)
  expect(shape && shape.untilMs > shape.fromMs).toBe(true)
})

test('a cluster of system pools alone has no share, and nearly all is not all', () => {
  const points = [point(0, 0, 0), point(1, 999, 1)]
  expect(shareTable(points, 0).rows.map((row) => row.at(-1))).toEqual(['99 %', 'none to manage'])
  expect(shareShape(points)?.rows.map(({ percent }) => percent)).toEqual([null, 99.9])
})

test('the table says every count, newest first', () => {
  const { columns, rows } = shareTable([point(0, 1), point(60, 2)], 0)
  expect(columns).toEqual(['Counted', 'Managed', 'Not managed', 'System pools', 'Share'])
  expect(rows.map((row) => row.slice(1))).toEqual([['2', '8', '2', '20 %'], ['1', '9', '2', '10 %']])
})
