import path from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from './support/tree'

type Package = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> }
type Packages = Record<string, Package>

const locked = (JSON.parse(textOf('package-lock.json')) as { packages: Packages }).packages

/** Where Node would find `name` from inside `from`, as the lock's keys say it. */
const placesOf = (from: string, name: string): string[] => {
  const parts = from.split('/node_modules/')
  const bases = parts.map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/'))
  return [...bases.map((base) => path.posix.join(base, 'node_modules', name)), `node_modules/${name}`]
}

const missingOptionals = (packages: Packages): string[] =>
  Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesOf(from, name).some((place) => place in packages))
      .map((name) => `${from || 'the project'} needs ${name}`),
  )

// A lock made on one platform may leave out what another needs; npm ci then installs a tree that does not run.
test('the lock holds the optional dependencies of every platform', () => {
  expect(missingOptionals(locked)).toEqual([])
  expect(missingOptionals({ 'node_modules/a': { optionalDependencies: { 'a-linux': '1' } } })).toEqual(['node_modules/a needs a-linux'])
})

const isAtLeast = (version: string, least: string): boolean => version.localeCompare(least, 'en', { numeric: true }) >= 0

test.each([
  ['next', '16.4.5'],
  ['next-auth', '4.24.15'],
])('%s is at least %s, the first without known holes', (name, least) => {
  expect(isAtLeast(locked[`node_modules/${name}`]?.version ?? '0', least)).toBe(true)
  expect(isAtLeast('16.4.4', '16.4.5')).toBe(false)
  expect(isAtLeast('16.10.0', '16.4.5')).toBe(true)
})

test('the lock says which package, not where it was fetched', () => {
  const addressed = (packages: Packages) => Object.entries(packages).flatMap(([name, { resolved }]) => (resolved?.includes('://') ? [name] : []))
  expect(addressed(locked)).toEqual([])
  expect(addressed({ 'node_modules/a': { resolved: 'https://packages.example/a.tgz' } })).toEqual(['node_modules/a'])
})
