import { expect, test } from 'vitest'
import { createSaver } from '@/components/wizard/draft-saver'
import { createHandClock } from '@/tests/support/hand-clock'

/** Saves that are answered by hand, in the order in which they were sent. */
const start = () => {
  const clock = createHandClock()
  const sent: string[] = []
  const results: unknown[] = []
  const open: ((error: Error | null) => void)[] = []
  const send = (body: string) => {
    sent.push(body)
    return new Promise<void>((resolve, reject) => void open.push((error) => (error === null ? resolve() : reject(error))))
  }
  const saver = createSaver({ send, after: clock.after, onResult: (error) => results.push(error), isWorthRepeating: (error) => error !== refused })
  const answer = async (error: Error | null = null) => {
    open.shift()?.(error)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { saver, sent, results, answer, pass: clock.pass }
}

const refused = new Error('no such plan')
const offline = new Error('no network')

test('of changes in quick succession the last is saved, once', async () => {
  const { saver, sent, answer, pass } = start()
  saver.put('a')
  pass(300)
  saver.put('b')
  pass(300)
  expect(sent).toEqual([])
  pass(100)
  await answer()
  pass(60_000)
  expect(sent).toEqual(['b'])
})

test('a newer one waits for the older one’s answer, so that it is the last to arrive', async () => {
  const { saver, sent, answer, pass } = start()
  saver.put('a')
  void saver.flush()
  saver.put('b')
  void saver.flush()
  pass(60_000)
  expect(sent).toEqual(['a'])
  await answer()
  pass(0)
  expect(sent).toEqual(['a', 'b'])
})

test('one that could not be saved is sent again until it is, and the error goes', async () => {
  const { saver, sent, results, answer, pass } = start()
  saver.put('a')
  pass(400)
  await answer(offline)
  pass(4_999)
  expect(sent).toEqual(['a'])
  pass(1)
  await answer()
  pass(60_000)
  expect(sent).toEqual(['a', 'a'])
  expect(results).toEqual([offline, null])
})

test('after a failure the newest is sent, and what was refused is not repeated', async () => {
  const { saver, sent, answer, pass } = start()
  saver.put('a')
  pass(400)
  saver.put('b')
  await answer(offline)
  pass(0)
  await answer(refused)
  pass(60_000)
  expect(sent).toEqual(['a', 'b'])
})

test('what is on its way counts as unsaved while the page is left', () => {
  const { saver, pass } = start()
  saver.put('a')
  pass(400)
  expect(saver.take()).toBe('a')
  expect(saver.take()).toBeNull()
})

test('what was changed during a save is saved after it, though the page was left meanwhile', async () => {
  const { saver, sent, answer, pass } = start()
  saver.put('a')
  pass(400)
  saver.put('b')
  saver.stop()
  await answer()
  await answer(offline)
  pass(60_000)
  expect(sent).toEqual(['a', 'b'])
})

test('what is left is saved at the end, and not repeated after it', async () => {
  const { saver, sent, answer, pass } = start()
  saver.put('a')
  saver.stop()
  await answer(offline)
  pass(60_000)
  expect(sent).toEqual(['a'])
})
