import { describe, expect, it } from 'vitest'
import { causesIn, logEntries } from '@/components/domain/log-rows'
import { fromField, rangeFault, rangeOf, toField } from '@/components/log/range'

const hour = 3_600_000

describe('the range of the log', () => {
  it('follows the clock for a preset and stands still between two moments', () => {
    expect(rangeOf('hour', null, null, 5 * hour)).toEqual({ fromMs: 4 * hour, toMs: 5 * hour })
    expect(rangeOf('custom', hour, 2 * hour, 5 * hour)).toEqual({ fromMs: hour, toMs: 2 * hour })
    expect(rangeOf('custom', null, 2 * hour, 5 * hour)).toEqual({ fromMs: hour, toMs: 2 * hour })
  })
  it('says when a range ends before it begins', () => {
    expect(rangeFault({ fromMs: 2, toMs: 1 })).not.toBeNull()
    expect(rangeFault({ fromMs: 1, toMs: 2 })).toBeNull()
  })
  it('gives a field back the moment it was given, to the minute', () => {
    const atMs = Math.floor(Date.UTC(2026, 10, 23, 14, 2) / 60_000) * 60_000
    expect(fromField(toField(atMs))).toBe(atMs)
    expect(fromField('')).toBeNull()
  })
})

describe('the lines of the log', () => {
  it('keep their ids when others come before them, those that say the same included', () => {
    const line = (atMs: number, message: string) => ({ atMs, severity: 'INFO', message, migrationId: null })
    const [first, second] = [line(1, 'Batch 1 started'), line(2, 'Batch 2 started')]
    const idsOf = (lines: ReturnType<typeof line>[]) => logEntries(lines).map(({ id }) => id)
    expect(idsOf([second, first])).toEqual([...idsOf([second]), ...idsOf([first])])
    expect(new Set(idsOf([first, first, second])).size).toBe(3)
  })
  it('names each failure cause once, with its remedy', () => {
    const line = (message: string) => ({ atMs: 1, severity: 'ERROR', message, migrationId: null })
    const found = causesIn(logEntries([line('The migration has failed due to technical timeout.'), line('The migration has stopped due to technical timeout.'), line('Batch 1 started')]))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ count: 2, cause: { id: 'timeout' } })
  })
})
