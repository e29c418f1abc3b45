import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvError, readEnv } from '@/lib/env'

const secret = 'fD3k9Qz1xV7mB2nR8tY4wP6sL0cJ5hG+uE/aI'
const other = 'Zp8rT2kXw5vN9bQ1mC7yH3dF6gJ0sL4aUeO+i'
const good = { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: 'https://slipway.example.com' }

const problemsOf = (source: Record<string, string | undefined>): string[] => {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

test('two settings are enough; the rest has the documented defaults', () => {
  expect(readEnv(good)).toEqual({
    spotApiUrl: 'https://api.spotinst.io',
    databaseUrl: null,
    dataDir: path.resolve('.slipway'),
    secrets: [secret],
    publicUrl: 'https://slipway.example.com',
    isPublicUrlSecure: true,
    sessionIdleMinutes: 60,
    sessionMaxHours: 12,
    pollIntervalMs: 3000,
    retentionDays: null,
    kube: { kubeconfigFile: null, contexts: {}, inClusterId: null, mayExec: false },
    metricsToken: null,
    logLevel: 'info',
    isProduction: false,
  })
})

test('all faults are listed at once, one sentence each, and none of them quotes a value', () => {
  const problems = problemsOf({
    NEXTAUTH_SECRET: 'short',
    SLIPWAY_PREVIOUS_SECRETS: `${other},tiny`,
    NEXTAUTH_URL: 'http://slipway.example.com',
    SPOT_API_URL: 'ftp://api.spotinst.io',
    DATABASE_URL: 'mysql://u:hunter2@h/db',
    SLIPWAY_POLL_INTERVAL_MS: '10',
    SLIPWAY_SESSION_IDLE_MINUTES: 'soon',
    SLIPWAY_LOG_LEVEL: 'loud',
  })
  expect(problems).toHaveLength(8)
  for (const name of ['NEXTAUTH_SECRET', 'SLIPWAY_PREVIOUS_SECRETS', 'NEXTAUTH_URL', 'SPOT_API_URL', 'DATABASE_URL', 'SLIPWAY_POLL_INTERVAL_MS', 'SLIPWAY_SESSION_IDLE_MINUTES', 'SLIPWAY_LOG_LEVEL'])
    expect(problems.filter((sentence) => sentence.startsWith(name))).toHaveLength(1)
  expect(problems.join(' ')).not.toMatch(/hunter2|short,|tiny/)
})

test('an empty value counts as not set', () => {
  expect(readEnv({ ...good, DATABASE_URL: '', SPOT_API_URL: '', SLIPWAY_PREVIOUS_SECRETS: '' })).toMatchObject({ databaseUrl: null, spotApiUrl: 'https://api.spotinst.io', secrets: [secret] })
  expect(problemsOf({ NEXTAUTH_SECRET: '', NEXTAUTH_URL: '' })).toEqual([
    expect.stringMatching(/^NEXTAUTH_SECRET is not set\. .*openssl rand/),
    expect.stringMatching(/^NEXTAUTH_URL is not set\. Set it to/),
  ])
})

describe('a secret', () => {
  test.each([
    ['shorter than 32 bytes', 'fD3k9Qz1xV7mB2nR8tY4wP6sL0cJ5hG'],
    ['of one character', 'x'.repeat(64)],
    ['of a repeated part', 'fD3k9Qz1xV7mB2nR'.repeat(3)],
    ['out of a manual', 'your-super-nextauth-secret-change-me-in-production'],
    ['that says it is a default', 'insecure-default-secret-replace-this-please'],
    ['of the alphabet and the digits', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ])('%s is refused', (_why, weak) => {
    expect(problemsOf({ ...good, NEXTAUTH_SECRET: weak })).toEqual([expect.stringMatching(/^NEXTAUTH_SECRET (is|repeats) .*Make one with: openssl rand -base64 48$/)])
  })

  test.each([
    ['base64 of 48 bytes', 'q0rM1nq1cJ2l8y6dC3ZlS2mT7vQ0oXb4wKpUe9HsGtRfYiNaJ5LzVxDkBgOhEuWc'],
    ['hex of 32 bytes', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ])('%s is taken', (_what, strong) => {
    expect(problemsOf({ ...good, NEXTAUTH_SECRET: strong })).toEqual([])
  })

  test('earlier ones follow the newest, for reading only, and are held to the same strength', () => {
    expect(readEnv({ ...good, SLIPWAY_PREVIOUS_SECRETS: ` ${other} , ` }).secrets).toEqual([secret, other])
    expect(problemsOf({ ...good, SLIPWAY_PREVIOUS_SECRETS: 'a,b' })).toHaveLength(2)
  })
})

describe('an address', () => {
  test.each(['http://localhost:4010', 'http://127.0.0.1:4010', 'http://[::1]:4010', 'https://spot.internal:8443'])('%s is taken', (url) => {
    expect(readEnv({ ...good, SPOT_API_URL: url }).spotApiUrl).toBe(url)
  })

  test.each([
    ['plain http beyond this machine', 'http://10.0.0.8:4010'],
    ['a loopback look-alike', 'http://localhost.example.com'],
    ['a user and password', 'https://me:word@api.spotinst.io'],
    ['a path, which would be cut off', 'https://api.spotinst.io/ocean'],
    ['a query', 'https://api.spotinst.io/?accountId=act-1'],
    ['another scheme', 'file:///etc/passwd'],
    ['no scheme', 'api.spotinst.io'],
  ])('%s is refused', (_why, url) => {
    expect(problemsOf({ ...good, SPOT_API_URL: url })).toEqual([expect.stringMatching(/^SPOT_API_URL must /)])
    expect(problemsOf({ ...good, NEXTAUTH_URL: url })).toEqual([expect.stringMatching(/^NEXTAUTH_URL must /)])
  })

  test('one of this machine may be plain in production too', () => {
    expect(readEnv({ ...good, NEXTAUTH_URL: 'http://localhost:3000', NODE_ENV: 'production' })).toMatchObject({ isPublicUrlSecure: false, isProduction: true })
  })
})

test.each(['postgres://u:p@db:5432/slipway', 'postgresql://u:p%40ss@db/slipway?sslmode=require', 'postgres://u:p@one:5432,two:5433/slipway'])('the database %s is taken', (url) => {
  expect(readEnv({ ...good, DATABASE_URL: url }).databaseUrl).toBe(url)
})

test.each(['postgres://', 'postgres://u:p%zz@db/slipway', 'postgres://u:p@db:99999/slipway', 'db.example.com'])('the database %s is refused', (url) => {
  expect(problemsOf({ ...good, DATABASE_URL: url })).toEqual([expect.stringMatching(/^DATABASE_URL must be an address/)])
})

test.each(['249', '60001', '1e9', '3000.5', 'fast', '-1'])('an interval of %s is refused', (text) => {
  expect(problemsOf({ ...good, SLIPWAY_POLL_INTERVAL_MS: text })).toEqual(['SLIPWAY_POLL_INTERVAL_MS must be a whole number from 250 to 60000.'])
})

test.each(['250', '60000'])('an interval of %s is taken', (text) => {
  expect(readEnv({ ...good, SLIPWAY_POLL_INTERVAL_MS: text }).pollIntervalMs).toBe(Number(text))
})

describe('the way to Kubernetes', () => {
  test('names a file, and a context for each cluster', () => {
    expect(readEnv({ ...good, KUBECONFIG_FILE: '/etc/kube/config', KUBE_CONTEXTS: 'o-1=prod-weu, o-2=edge=neu', KUBE_ALLOW_EXEC: 'true' }).kube).toEqual({
      kubeconfigFile: '/etc/kube/config',
      contexts: { 'o-1': 'prod-weu', 'o-2': 'edge=neu' },
      inClusterId: null,
      mayExec: true,
    })
  })

  test.each([
    ['KUBE_CONTEXTS', 'prod-weu', /^KUBE_CONTEXTS must name pairs such as .* "prod-weu" is none\.$/],
    ['KUBE_ALLOW_EXEC', 'yes', /^KUBE_ALLOW_EXEC must be true or false\.$/],
    ['KUBE_IN_CLUSTER', 'prod', /^KUBE_IN_CLUSTER must be the id of the Ocean cluster/],
  ])('%s=%s is refused with what to write instead', (name, value, sentence) => {
    expect(problemsOf({ ...good, [name]: value })).toEqual([expect.stringMatching(sentence)])
  })
})

test('runs are kept for ever unless a number of days is set', () => {
  expect(readEnv({ ...good, SLIPWAY_RETENTION_DAYS: '0' }).retentionDays).toBeNull()
  expect(readEnv({ ...good, SLIPWAY_RETENTION_DAYS: '90' }).retentionDays).toBe(90)
  expect(problemsOf({ ...good, SLIPWAY_RETENTION_DAYS: '-1' })).toEqual(['SLIPWAY_RETENTION_DAYS must be a whole number from 0 to 3650.'])
})
