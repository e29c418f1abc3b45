import { describe, expect, it } from 'vitest'
import { shareReads } from '@/lib/live/share-reads'

const held = () => {
  const open: { key: number; answer: (value: string) => void; fail: (reason: Error) => void }[] = []
  const ask = shareReads<number, string>(
    (key) => key,
    (key) => new Promise((answer, fail) => open.push({ key, answer, fail })),
  )
  return { ask, open }
}

const turn = async () => {
  for (let index = 0; index < 5; index += 1) await Promise.resolve()
}

describe('readings that are shared', () => {
  it('are one for all who ask at the same time', async () => {
    const { ask, open } = held()
    const asked = [ask(1), ask(1), ask(1)]
    await turn()
    expect(open).toHaveLength(1)
    open[0]?.answer('a')
    expect(await Promise.all(asked)).toEqual(['a', 'a', 'a'])
  })

  it('are never older than the question: who asks while one is on its way shares the next', async () => {
    const { ask, open } = held()
    const first = ask(1)
    await turn()
    const late = [ask(1), ask(1)]
    await turn()
    expect(open).toHaveLength(1)
    open[0]?.answer('old')
    expect(await first).toBe('old')
    await turn()
    expect(open).toHaveLength(2)
    open[1]?.answer('new')
    expect(await Promise.all(late)).toEqual(['new', 'new'])
  })

  it('do not wait for another subject, and fail only for those who shared them', async () => {
    const { ask, open } = held()
    const failing = ask(1)
    const other = ask(2)
    await turn()
    expect(open.map(({ key }) => key)).toEqual([1, 2])
    const next = ask(1)
    open[0]?.fail(new Error('away'))
    await expect(failing).rejects.toThrow('away')
    await turn()
    open[2]?.answer('back')
    open[1]?.answer('b')
    expect(await Promise.all([next, other])).toEqual(['back', 'b'])
  })
})
