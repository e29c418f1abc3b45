import { expect, it } from 'vitest'
import { SpotError } from '@/lib/spot/errors'
import { checked } from '@/lib/spot/inputs'
import { clusterId } from '@/lib/spot/schemas/ids'
import { createMigrationBody, defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const issuesOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof SpotError) return { kind: error.kind, wasSent: error.wasSent, paths: error.issues.map(({ path }) => path) }
    throw error
  }
  return null
}

it('names the field that keeps a call from being sent, also inside a body of two forms', () => {
  const body = { ...defaultMigrationOptions, nodePoolNames: ['pool'], batchSizePercentage: 101 }
  expect(issuesOf(() => checked(createMigrationBody, body, ''))).toEqual({ kind: 'invalid', wasSent: 'no', paths: ['batchSizePercentage'] })
  expect(issuesOf(() => checked(clusterId, '..', 'clusterId'))).toMatchObject({ paths: ['clusterId'] })
  expect(checked(clusterId, 'o-1', 'clusterId')).toBe('o-1')
})
