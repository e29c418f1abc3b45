import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { jsonBody, migrationBody, type CodeInput } from '@/components/wizard/as-code/code-input'
import { curlCommand, needsBodyFile } from '@/components/wizard/as-code/curl'
import { pythonScript } from '@/components/wizard/as-code/python'
import { createMigrationBody, defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { repeats } from '@/tests/support/soak'

const usual: CodeInput = { upstream: 'https://api.spotinst.io', accountId: 'act-1', clusterId: 'o-1', nodeNames: ['aks-npweb-1', 'aks-npweb-2'], nodePoolNames: null, preferences: { ...defaultMigrationOptions, comment: '' } }
const many = Array.from({ length: 20_000 }, (_, index) => `aks-npweb-12345678-vmss${String(index).padStart(6, '0')}`)

const folder = mkdtempSync(join(tmpdir(), 'as-code-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What curl would be started with, by a real bash. */
const argumentsOf = (command: string, token: string | null = 'a token'): string[] => {
  const script = join(folder, 'command.sh')
  writeFileSync(script, `curl() { printf '%s\\0' "$@"; }\n${command}\n`)
  execFileSync('bash', ['-n', script])
  return execFileSync('bash', [script], { env: { ...process.env, SPOT_TOKEN: token ?? '' }, maxBuffer: 1 << 26, stdio: 'pipe' }).toString().split('\0').slice(0, -1)
}

/** Characters that mean something to a shell, to JSON, to Python or to a terminal, among all others. */
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom("'", '"', '\\', '`', '$', '(', '\n', '\r', '\0', '!', '@', '#', '\u202e', '\u2028', '😀', 'a') }))
const name = text.filter((value) => value.length > 0)
const input: fc.Arbitrary<CodeInput> = fc.record({
  upstream: fc.constantFrom('https://api.spotinst.io', 'http://127.0.0.1:4010'),
  accountId: text,
  clusterId: text,
  nodeNames: fc.array(name, { minLength: 1, maxLength: 5 }),
  nodePoolNames: fc.option(fc.array(name, { minLength: 1, maxLength: 3 }), { nil: null }),
  preferences: fc.record({ batchSizePercentage: fc.integer({ min: 1, max: 100 }), batchMinHealthyPercentage: fc.integer({ min: 1, max: 100 }), respectPdb: fc.boolean(), respectRestrictScaleDown: fc.boolean(), shouldTerminateNodes: fc.boolean(), shouldEvictStandalonePods: fc.boolean(), comment: text }),
})

describe('the body', () => {
  test('has every option, and exactly one of the two lists', () => {
    expect(migrationBody(usual)).toEqual({ ...defaultMigrationOptions, nodeNames: usual.nodeNames })
    expect(migrationBody({ ...usual, nodePoolNames: ['npweb'], preferences: { ...usual.preferences, comment: 'x' } })).toEqual({ ...defaultMigrationOptions, comment: 'x', nodePoolNames: ['npweb'] })
  })

  test('is what the API takes, in plain ASCII that means the same', () => {
    fc.assert(
      fc.property(input, (plan) => {
        const json = jsonBody(plan)
        expect(json).toMatch(/^[\n\x20-\x7e]*$/)
        expect(JSON.parse(json)).toEqual(migrationBody(plan))
        const isLong = plan.preferences.comment.length > 256 || [...plan.nodeNames, ...(plan.nodePoolNames ?? [])].some((each) => each.length > 253)
        expect(createMigrationBody.safeParse(JSON.parse(json)).success).toBe(!isLong)
      }),
      { numRuns: repeats(300, 5_000) },
    )
  })
})

describe('the command', () => {
  const dataOf = (args: readonly string[]) => args[args.indexOf('-d') + 1] ?? ''

  test('gives curl one address, the token, and the body, whatever the names are', () => {
    fc.assert(
      fc.property(input, (plan) => {
        const args = argumentsOf(curlCommand(plan))
        expect(args).toHaveLength(11)
        expect(args.slice(0, 4)).toEqual(['--silent', '--show-error', '--request', 'POST'])
        const url = new URL(args[4] ?? '')
        expect(url.origin).toBe(plan.upstream)
        expect(url.searchParams.get('accountId')).toBe(plan.accountId)
        expect(args.slice(5, 9)).toEqual(['--header', 'Authorization: Bearer a token', '--header', 'Content-Type: application/json'])
        expect(JSON.parse(dataOf(args))).toEqual(migrationBody(plan))
      }),
      { numRuns: repeats(60, 1_000) },
    )
  })

  test('does nothing without a token', () => {
    expect(() => argumentsOf(curlCommand(usual), null)).toThrow(/Set SPOT_TOKEN first/)
  })

  test('reads a body from a file that is too long for a command line', () => {
    expect(needsBodyFile({ ...usual, nodeNames: many.slice(0, 2_000) })).toBe(false)
    expect(needsBodyFile({ ...usual, nodeNames: many })).toBe(true)
    expect(dataOf(argumentsOf(curlCommand({ ...usual, nodeNames: many })))).toBe('@migration-o-1.json')
    expect(needsBodyFile({ ...usual, nodeNames: many, nodePoolNames: ['npweb'] })).toBe(false)
  })

  test('a body that is just short enough is one argument of a real program, and one of 128 KiB is not', () => {
    const script = join(folder, 'limit.sh')
    const run = (length: number) => {
      writeFileSync(script, `/usr/bin/env printf '%s' '${'x'.repeat(length)}' | wc -c`)
      return Number(execFileSync('bash', ['-o', 'pipefail', script], { stdio: 'pipe' }).toString())
    }
    expect(run(120_000)).toBe(120_000)
    if (process.platform === 'linux') expect(() => run(131_072)).toThrow(/too long/)
  })
})

const python = ((): boolean => {
  try {
    execFileSync('python3', ['-c', ''])
    return true
  } catch {
    return false
  }
})()
const titled = (title: string) => (python ? title : `${title} (skipped: no python3 here)`)

/** Stands where the vendor's package would: it writes down what the script calls. Our script is run, the package is not. */
const recorder = {
  '__init__.py': [
    'import json',
    'class SpotinstSession:',
    '    def __init__(self, base_url=None, auth_token=None, account_id=None): self.session = dict(base_url=base_url, auth_token=auth_token, account_id=account_id)',
    '    def client(self, service): return Client(self.session, service)',
    'class Client:',
    '    def __init__(self, session, service): self.session, self.service = session, service',
    '    def create_migration(self, ocean_id, migration): return json.dumps(dict(session=self.session, service=self.service, ocean_id=ocean_id, migration=migration.given))',
  ],
  'models/ocean/azure/__init__.py': ['class Migration:', '    def __init__(self, **given): self.given = given'],
}

describe('the script', () => {
  const program = join(folder, 'plan.py')
  const compile = (plan: CodeInput) => {
    writeFileSync(program, pythonScript(plan))
    execFileSync('python3', ['-m', 'py_compile', program])
  }
  const called = (plan: CodeInput): unknown => {
    for (const [path, lines] of Object.entries(recorder)) {
      mkdirSync(join(folder, 'spotinst_sdk2', path, '..'), { recursive: true })
      writeFileSync(join(folder, 'spotinst_sdk2', path), `${lines.join('\n')}\n`)
    }
    writeFileSync(program, pythonScript(plan))
    return JSON.parse(execFileSync('python3', [program], { env: { ...process.env, SPOT_TOKEN: 'a token' }, maxBuffer: 1 << 26 }).toString())
  }
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const expected = (plan: CodeInput) => ({
    session: { base_url: plan.upstream, auth_token: 'a token', account_id: plan.accountId },
    service: 'ocean_azure',
    ocean_id: plan.clusterId,
    migration: Object.fromEntries(Object.entries(migrationBody(plan)).map(([key, value]) => [snake(key), value])),
  })

  test('is plain ASCII, and takes the token from a variable', () => {
    fc.assert(
      fc.property(input, (plan) => {
        expect(pythonScript(plan)).toMatch(/^[\n\x20-\x7e]*$/)
      }),
    )
    expect(pythonScript(usual)).toContain('auth_token=os.environ["SPOT_TOKEN"]')
  })

  test.skipIf(!python)(titled('calls the vendor’s client with exactly this plan'), () => {
    fc.assert(
      fc.property(input, (plan) => {
        expect(called(plan)).toEqual(expected(plan))
      }),
      { numRuns: repeats(8, 300) },
    )
  })

  test.skipIf(!python)(titled('compiles with 20,000 nodes'), () => {
    const plan = { ...usual, nodeNames: many }
    compile(plan)
    expect(called(plan)).toEqual(expected(plan))
  })
})
