import { expect, test } from 'vitest'
import { filesLike, linesLike, product, type SourceFile } from './support/tree'

const isReader = ({ path }: SourceFile) => path === 'lib/env.ts' || path === 'instrumentation.ts'
const environmentReads = (files: SourceFile[]): string[] => linesLike(files.filter((file) => !isReader(file)), /\bprocess\s*(\.|\?\.|\[['"])\s*env\b|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/)

test('settings are read in one place', () => {
  expect(environmentReads(product())).toEqual([])
  expect(linesLike(filesLike(/^instrumentation\.ts$/), /process\.env/)).toEqual([expect.stringContaining('NEXT_RUNTIME')])
  expect(environmentReads([{ path: 'lib/db/x.ts', text: "const url = process.env.DATABASE_URL\nconst { env } = process\nprocess['env']" }])).toHaveLength(3)
})

/** Table definitions are read by the migration tool outside a server; headers are pure. */
const isServerOnly = ({ path }: SourceFile) =>
  (/^lib\/(db|live|auth|services|kube|vault|http)\/.*\.ts$|^lib\/(server|env)\.ts$/.test(path) && !/^lib\/db\/schema\/|^lib\/http\/headers\.ts$/.test(path)) ||
  /^lib\/spot\/(agents|budget|client|exchange|read-cache|retry|transport)\.ts$/.test(path)

const unguarded = (files: SourceFile[]): string[] => files.filter((file) => isServerOnly(file) && !file.text.startsWith("import 'server-only'\n")).map(({ path }) => path)

test('modules of the server say so in their first line, so that no bundle can take them', () => {
  expect(unguarded(product())).toEqual([])
  expect(unguarded([{ path: 'lib/services/x.ts', text: "import { z } from 'zod'\nimport 'server-only'\n" }])).toEqual(['lib/services/x.ts'])
})

test('modules that also run in a browser or in the simulator do not', () => {
  const shared = filesLike(/^(components\/.*|lib\/(twin|simulator|domain|format|contract|queries|spot\/schemas)\/.*|lib\/(errors|routes)\.ts$)/)
  const guarded = (files: SourceFile[]) => linesLike(files, /^import 'server-only'/)
  expect(guarded(shared)).toEqual([])
  expect(guarded([{ path: 'lib/domain/x.ts', text: "import 'server-only'" }])).toHaveLength(1)
})

test('there are no Server Actions', () => {
  const actions = (files: SourceFile[]) => linesLike(files, /^\s*['"]use (server|cache)/)
  expect(actions(product())).toEqual([])
  expect(actions([{ path: 'app/x.ts', text: "'use server'" }])).toHaveLength(1)
})
