import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAgenda } from '@/lib/twin/agenda'

test('what is planned comes in order of time, and equal times in the order of planning', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 200 }), (times) => {
      const agenda = createAgenda()
      times.forEach((tMs, index) => agenda.add(tMs, { kind: 'take-back', nodeName: String(index) }))
      const taken: [number, number][] = []
      for (let next = agenda.takeUntil(100); next !== null; next = agenda.takeUntil(100))
        taken.push([next.tMs, Number(next.action.kind === 'take-back' ? next.action.nodeName : -1)])
      expect(taken).toEqual(times.map((tMs, index): [number, number] => [tMs, index]).sort(([a, i], [b, j]) => a - b || i - j))
    }),
  )
})

test('nothing later than asked for is taken', () => {
  const agenda = createAgenda()
  agenda.add(10, { kind: 'heartbeat' })
  expect(agenda.takeUntil(9)).toBeNull()
  expect(agenda.takeUntil(10)?.tMs).toBe(10)
  expect(agenda.size()).toBe(0)
})
