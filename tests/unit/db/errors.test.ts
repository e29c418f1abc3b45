import { expect, test } from 'vitest'
import { isUniqueViolation, storageError } from '@/lib/db/errors'
import { AppError } from '@/lib/errors'

const withCode = (code: string, message = 'insert into sessions values (spot-token)') => Object.assign(new Error(message), { code })
const wrapped = (cause: unknown) => new Error('Failed query: insert into sessions', { cause })

test.each(['53100', 'ENOSPC'])('a full disk (%s) is told from a database that is away, however deep it is wrapped', (code) => {
  expect(storageError(wrapped(withCode(code)))).toMatchObject({ code: 'storage_full', status: 507 })
})

test.each(['ECONNREFUSED', 'CONNECTION_CLOSED', '57P01', '08006'])('%s means that the database does not answer', (code) => {
  expect(storageError(wrapped(withCode(code)))).toMatchObject({ code: 'storage_unavailable', detail: expect.stringMatching(/does not answer/) })
})

test('a database that only reads is not called away', () => {
  expect(storageError(withCode('25006'))).toMatchObject({ code: 'storage_unavailable', detail: expect.stringMatching(/can only be read/) })
})

test('neither SQL nor a value is in the sentence', () => {
  expect(storageError(wrapped(withCode('53100'))).detail).not.toMatch(/insert|spot-token/)
})

test('an error of ours passes as it is', () => {
  const own = new AppError('launch_unknown', { detail: 'As it is.' })
  expect(storageError(own)).toBe(own)
})

test('only 23505 means that a row with the same key exists', () => {
  expect([isUniqueViolation(wrapped(withCode('23505'))), isUniqueViolation(withCode('23503')), isUniqueViolation(undefined)]).toEqual([true, false, false])
})
