import { expect, test } from 'vitest'
import { breach, roomOf, rooms } from '@/scripts/lib/import-matrix.mjs'
import { importsOf, packagesOf } from './support/imports'
import { paths, product, type SourceFile } from './support/tree'

const breaches = (files: SourceFile[]): string[] => files.flatMap(importsOf).flatMap(({ from, to, isTypeOnly }) => breach(from, to, isTypeOnly) ?? [])

const folders = [...new Set(paths.flatMap((file) => /^(?:lib|components)\/[^/]+/.exec(file)?.[0].replace(/\.tsx?$/, '') ?? []))]
const isInhabited = (room: string) => paths.some((file) => file.startsWith(`${room}/`) || file.startsWith(`${room}.`))

test('no file imports from a room that its own may not', () => {
  expect(breaches(product())).toEqual([])
})

test.each([
  ['lib/domain/plan/x.ts', "import { env } from '@/lib/env'", 'lib/domain may not import lib/env'],
  ['lib/twin/x.ts', "import { match } from '../domain/matching/match'", 'lib/twin may not import lib/domain'],
  ['lib/twin/x.ts', "import { id } from '@/lib/spot/schemas/ids'", 'lib/twin may not import lib/spot/schemas'],
  ['components/nodes/x.tsx', "export { Log } from '@/components/log/log-screen'", 'components/nodes may not import components/log'],
  ['components/ui/x.tsx', "const late = () => import('@/lib/queries/client')", 'components/ui may not import lib/queries'],
  ['lib/services/x.ts', "type Page = import('@/app/page').Page", 'lib/services may not import app'],
  ['app/api/x/route.ts', "import '@/tests/support/app'", 'nobody imports tests or scripts'],
])('a breach in %s is told: %s', (path, text, sentence) => {
  expect(breaches([{ path, text }])).toEqual([expect.stringContaining(sentence)])
})

test('types may be taken where values may not', () => {
  expect(breaches([{ path: 'lib/twin/x.ts', text: "import { type Node } from '@/lib/spot/schemas/node'" }])).toEqual([])
})

test('every folder of lib and components has a room', () => {
  expect(folders.filter((folder) => roomOf(`${folder}/x.ts`) === null)).toEqual([])
  expect(roomOf('components/misc/x.ts')).toBeNull()
})

test('every room of the matrix is a folder or file that exists', () => {
  expect(rooms.map(({ room }) => room).filter((room) => !isInhabited(room))).toEqual([])
})

test('the matrix speaks only of rooms that it lists', () => {
  const known = new Set(rooms.map(({ room }) => room))
  expect(rooms.flatMap(({ may, types = [] }) => [...may, ...types]).filter((room) => !room.endsWith('/*') && !known.has(room))).toEqual([])
})

const forbiddenPackages: [rooms: RegExp, packages: RegExp][] = [
  [/^lib\/services\//, /^(next|react|next-auth)(\/|$)/],
  [/^app\/api\//, /^(drizzle-orm|postgres|undici)(\/|$)/],
  [/^components\/ui\//, /^(next\/(navigation|router|link)|nuqs|@tanstack\/react-query|react-hook-form)(\/|$)/],
  [/^lib\/(domain|twin|format)\//, /^(node:|react|next|drizzle-orm|undici|postgres)/],
  [/^(components|lib\/queries)\//, /^(node:|drizzle-orm|undici|postgres|pino)/],
]

const packageBreaches = (files: SourceFile[]): string[] =>
  files.flatMap((file) => {
    const forbidden = forbiddenPackages.flatMap(([room, packages]) => (room.test(file.path) ? [packages] : []))
    if (forbidden.length === 0) return []
    return packagesOf(file).flatMap((name) => (forbidden.some((packages) => packages.test(name)) ? [`${file.path} imports ${name}`] : []))
  })

test('verbs know no web framework, doorways no database, primitives no router or query, pure rooms no machine', () => {
  expect(packageBreaches(product())).toEqual([])
  expect(packageBreaches([{ path: 'lib/services/x.ts', text: "import { redirect } from 'next/navigation'" }])).toEqual(['lib/services/x.ts imports next/navigation'])
})
