import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAgenda } from '@/lib/twin/agenda'
import { between, createRandom } from '@/lib/twin/random'

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

test('what waits in line comes at its time among the rest', () => {
  const random = createRandom(7)
  const [lined, sorted] = [createAgenda(), createAgenda()]
  const taken: unknown[] = []
  const expected: unknown[] = []
  let nowMs = 0
  const take = () => {
    for (let next = lined.takeUntil(nowMs); next !== null; next = lined.takeUntil(nowMs)) taken.push([next.tMs, next.action])
    for (let next = sorted.takeUntil(nowMs); next !== null; next = sorted.takeUntil(nowMs)) expected.push([next.tMs, next.action])
  }
  for (let index = 0; index < 6_000; index += 1) {
    const action = { kind: 'take-back', nodeName: String(index) } as const
    const isInLine = random() < 0.6
    const tMs = nowMs + (isInLine ? 50 : between(random, 0, 100))
    if (isInLine) lined.addBehind(tMs, action)
    else lined.add(tMs, action)
    sorted.add(tMs, action)
    if (random() < 0.05) nowMs += between(random, 1, 4)
    take()
  }
  nowMs += 100
  take()
  expect(taken).toHaveLength(6_000)
  expect(taken).toEqual(expected)
})

test('nothing later than asked for is taken', () => {
  const agenda = createAgenda()
  agenda.add(10, { kind: 'heartbeat' })
  expect(agenda.takeUntil(9)).toBeNull()
  expect(agenda.takeUntil(10)?.tMs).toBe(10)
  expect(agenda.size()).toBe(0)
})
