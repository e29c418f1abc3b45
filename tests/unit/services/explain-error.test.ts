import { DrizzleQueryError } from 'drizzle-orm/errors'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { describeFault } from '@/lib/services/describe-fault'
import { explainError } from '@/lib/services/explain-error'
import { SpotError } from '@/lib/spot/errors'

const failedQuery = (code: string) => new DrizzleQueryError('insert into drafts values ($1)', ['canary'], Object.assign(new Error('canary'), { code }))

describe('a failure', () => {
  it('of a known kind keeps its code', () => {
    expect(explainError(new AppError('not_found', { detail: 'x' })).code).toBe('not_found')
    expect(explainError(new SpotError('unauthorized', { wasSent: 'yes', status: 401 })).code).toBe('token_rejected')
    expect(explainError(failedQuery('CONNECTION_CLOSED')).code).toBe('storage_unavailable')
    expect(explainError(failedQuery('53100')).code).toBe('storage_full')
  })

  it('of our own statements is ours, not the database’s', () => {
    expect(explainError(failedQuery('42703')).code).toBe('internal')
  })

  it('that nobody foresaw says nothing of itself', () => {
    const error = explainError(new TypeError('canary'))
    expect(error.code).toBe('internal')
    expect(error.detail).not.toContain('canary')
  })

  it('leaves in the log where it happened, and no values of a query', () => {
    const fault = describeFault(failedQuery('42703'))
    expect(fault).toMatchObject({ message: 'query failed', code: '42703' })
    expect(JSON.stringify(fault)).not.toContain('canary')
    expect(fault.frames).not.toHaveLength(0)
  })
})
