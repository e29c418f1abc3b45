import { describe, expect, it } from 'vitest'
import { makeQueryClient } from '@/lib/queries/client'
import { keys } from '@/lib/queries/keys'
import { ProblemError } from '@/lib/queries/problem-error'

const refused = () => Promise.reject(new ProblemError({ code: 'not_signed_in', title: 'Signed out', detail: 'Sign in again.' }))

const started = () => {
  let told = 0
  const client = makeQueryClient(() => void (told += 1))
  const read = () => client.fetchQuery({ queryKey: ['anything'], queryFn: refused }).catch(() => {})
  return { client, read, told: () => told }
}

describe('the query client', () => {
  it('tells of a session that is over', async () => {
    const { read, told } = started()
    await read()
    expect(told()).toBe(1)
  })

  it('is silent about what is refused once a person has signed out here', async () => {
    const { client, read, told } = started()
    await client.getMutationCache().build(client, { mutationKey: keys.endSession(), mutationFn: () => Promise.resolve(true) }).execute(undefined)
    await read()
    expect(told()).toBe(0)
  })

  it('tells of a session that was over before the sign-out', async () => {
    const { client, told } = started()
    await client.getMutationCache().build(client, { mutationKey: keys.endSession(), mutationFn: refused }).execute(undefined).catch(() => {})
    expect(told()).toBe(1)
  })
})
