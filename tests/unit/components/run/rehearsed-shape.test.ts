import { describe, expect, it } from 'vitest'
import { nodesTable, type ChartShape } from '@/components/run/chart-shape'
import { rehearsedPaths, rehearsedPoints, rehearsedSummary, rehearsedText, withRoomFor } from '@/components/run/rehearsed-shape'

const minute = 60_000
const start = Date.UTC(2026, 0, 5, 9)
const rehearsed = { timesMs: [0, minute, 2 * minute, 10 * minute], median: [0, 1, 3, 4], low: [0, 0, 2, 4], high: [0, 2, 3, 4] }
const points = rehearsedPoints({ rehearsed }, start) ?? []

const point = (atMs: number) => ({ atMs, moved: 1, skipped: 0, failed: 0, untouched: 0, unknown: 0, moving: 1, toGo: 2, podsLeft: 5 })
const shapeTo = (minutes: number): ChartShape => ({ points: [point(start + 1000), point(start + minutes * minute)], fromMs: start + 1000, untilMs: start + minutes * minute, ticks: [], total: 4, mostPods: 5, gaps: [] })

describe('the rehearsed line of a run', () => {
  it('begins when the run began, by Spot’s word', () => {
    expect(points.map(({ atMs }) => atMs - start)).toEqual(rehearsed.timesMs)
    expect(points[2]).toMatchObject({ median: 3, band: [2, 3] })
  })

  it('is not there where nothing was rehearsed, or where nobody knows the start', () => {
    expect(rehearsedPoints({}, start)).toBeNull()
    expect(rehearsedPoints({ rehearsed }, null)).toBeNull()
  })

  it('gets room in the chart, and never more than half of it', () => {
    expect(withRoomFor(shapeTo(8), points)).toMatchObject({ fromMs: start, untilMs: start + 10 * minute })
    expect(withRoomFor(shapeTo(2), points).untilMs).toBe(start + 4 * minute)
    expect(withRoomFor(shapeTo(30), points).untilMs).toBe(start + 30 * minute)
  })

  it('is drawn as far as there is room, its band closed', () => {
    const { median, band } = rehearsedPaths(points, start + 3 * minute, (atMs) => (atMs - start) / minute, (nodes) => nodes)
    expect(median).toBe('M0.0,0.0 L1.0,1.0 L2.0,3.0')
    expect(band).toBe('M0.0,0.0 L1.0,0.0 L2.0,2.0 L2.0,3.0 L1.0,2.0 L0.0,0.0 Z')
    expect(rehearsedPaths(points, start - 1, (x) => x, (y) => y)).toEqual({ median: '', band: '' })
  })

  it('is told in figures as well: in the table by moment, and its end in the summary', () => {
    expect(rehearsedText(points, start - 1)).toBe('0')
    expect(rehearsedText(points, start + 90_000)).toBe('1 (0 to 2)')
    expect(rehearsedText(points, start + 99 * minute)).toBe('4')
    expect(rehearsedSummary(points)).toMatch(/^Rehearsed: 4 moved by \d\d:\d\d:\d\d\.$/)
    const { columns, rows } = nodesTable(shapeTo(2), (atMs) => rehearsedText(points, atMs))
    expect(columns.slice(0, 4)).toEqual(['Time', 'Moved', 'Rehearsed as moved', 'Skipped'])
    expect(rows.map((row) => row[2])).toEqual(['0', '3 (2 to 3)'])
    expect(nodesTable(shapeTo(2), null).columns).not.toContain('Rehearsed as moved')
    expect(new Set([columns.length, ...rows.map((row) => row.length)]).size).toBe(1)
  })
})
