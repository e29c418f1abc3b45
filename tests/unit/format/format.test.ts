import { describe, expect, it } from 'vitest'
import { shortVmSize, shortZone } from '@/lib/format/azure'
import { formatDuration, formatMinuteRange, formatShortDuration } from '@/lib/format/duration'
import { formatBytes, formatCount, formatMebibytes, formatMilliCpu, formatPercent, percentOf } from '@/lib/format/numbers'
import { counted, listed } from '@/lib/format/plural'
import { hasHiddenCharacters, visibleText } from '@/lib/format/safe-text'
import { absoluteTime, clockTime, dayAndClock, relativeTime } from '@/lib/format/time'

describe('numbers', () => {
  it('groups thousands and says units', () => {
    expect(formatCount(1911)).toBe('1,911')
    expect(formatBytes(0)).toBe('0 B')
    expect(formatBytes(3.5 * 1024 ** 3)).toBe('3.5 GiB')
    expect(formatMebibytes(16384)).toBe('16 GiB')
    expect(formatMilliCpu(1500)).toBe('1.5 vCPU')
  })

  it('says 100 % only when all is done and 0 % only when nothing is', () => {
    expect(percentOf(9_999, 10_000)).toBe(99)
    expect(percentOf(1, 10_000)).toBe(1)
    expect(percentOf(10_000, 10_000)).toBe(100)
    expect(percentOf(0, 7)).toBe(0)
  })

  it('has no percentage of nothing', () => {
    expect(percentOf(0, 0)).toBeNull()
    expect(formatPercent(null)).toBe('–')
    expect(formatPercent(22)).toBe('22 %')
  })
})

describe('durations', () => {
  it('shows the two largest units', () => {
    expect(formatDuration(45_900)).toBe('45 s')
    expect(formatDuration((12 * 60 + 4) * 1000)).toBe('12 min 04 s')
    expect(formatDuration((3 * 60 + 40) * 60_000)).toBe('3 h 40 min')
    expect(formatDuration(51 * 3_600_000)).toBe('2 d 3 h')
  })

  it('never shows a negative age', () => {
    expect(formatDuration(-5000)).toBe('0 s')
    expect(formatShortDuration(-5000)).toBe('0 s')
  })

  it('shows one figure for a range without width', () => {
    expect(formatMinuteRange(5, 9)).toBe('5 to 9 min')
    expect(formatMinuteRange(6, 6)).toBe('6 min')
    expect(formatMinuteRange(0, 2)).toBe('up to 2 min')
  })
})

describe('times', () => {
  const now = Date.UTC(2026, 10, 23, 14, 2, 7)

  it('is relative to the given clock', () => {
    expect(relativeTime(now - 12_000, now)).toBe('12 s ago')
    expect(relativeTime(now + 3 * 3_600_000, now)).toBe('in 3 h')
    expect(relativeTime(now - 400, now)).toBe('just now')
  })

  it('names the zone of an absolute time', () => {
    expect(absoluteTime(now, 'UTC')).toBe('23 Nov 2026, 14:02:07 UTC')
    expect(clockTime(now, 'Asia/Tokyo')).toBe('23:02')
  })

  it('leaves out what the day already says', () => {
    expect(dayAndClock(now, now, 'UTC')).toBe('today 14:02')
    expect(dayAndClock(Date.UTC(2026, 10, 20, 9, 14), now, 'UTC')).toBe('20 Nov 09:14')
    expect(dayAndClock(Date.UTC(2025, 10, 20, 9, 14), now, 'UTC')).toBe('20 Nov 2025 09:14')
  })
})

describe('words', () => {
  it('counts in words', () => {
    expect(counted(1, 'node')).toBe('1 node')
    expect(counted(2345, 'pod')).toBe('2,345 pods')
    expect(counted(0, 'batch', 'batches')).toBe('0 batches')
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
  })

  it('shortens sizes and zones and leaves others alone', () => {
    expect(shortVmSize('Standard_D8s_v5')).toBe('D8s_v5')
    expect(shortZone('westeurope-1')).toBe('1')
    expect(shortZone('regional')).toBe('regional')
  })
})

describe('names from the cluster', () => {
  it('cannot reorder a row with direction marks', () => {
    expect(visibleText('web\u202egpj.exe')).toBe('web[U+202E]gpj.exe')
    expect(visibleText('a\u2066b\u2069')).toBe('a[U+2066]b[U+2069]')
  })

  it('cannot break a line or hide a character', () => {
    expect(visibleText('a\nb\u200bc\u0000')).toBe('a[U+000A]b[U+200B]c[U+0000]')
    expect(hasHiddenCharacters('a\u200bb')).toBe(true)
    expect(hasHiddenCharacters('aks-npweb-vmss000001')).toBe(false)
  })

  it('keeps every language and markup as it is', () => {
    expect(visibleText('узел-1 <img onerror>')).toBe('узел-1 <img onerror>')
  })
})
