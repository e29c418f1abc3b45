import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { keepAnswer } from '@/lib/queries/keep-answer'

test('a reading that was asked before a write does not put the old state back', async () => {
  const client = new QueryClient()
  const queryKey = ['recording']
  let answerReading: (reading: string) => void = () => {}
  const asked = new Promise<string>((resolve) => (answerReading = resolve))
  const observer = new QueryObserver(client, { queryKey, queryFn: () => asked })
  const stop = observer.subscribe(() => {})
  await keepAnswer(client, queryKey, 'kept')
  answerReading('not kept')
  await asked
  await client.cancelQueries({ queryKey: ['another'] })
  expect(client.isFetching()).toBe(0)
  expect(observer.getCurrentResult()).toMatchObject({ data: 'kept', error: null })
  stop()
})
