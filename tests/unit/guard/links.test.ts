import { expect, test } from 'vitest'
import { linesLike, product, type SourceFile } from './support/tree'

/** The builders themselves; the upstream's paths; and proxy.ts, which tells pages from files by their beginning. */
const isBuilder = ({ path }: SourceFile) => path === 'lib/routes.ts' || /^lib\/(spot|simulator)\//.test(path)

const handWritten = (files: SourceFile[]): string[] =>
  linesLike(
    files.filter((file) => !isBuilder(file)),
    /\b(href|action|src)=\{?["'`]\/|\b(push|replace|redirect|fetch|prefetch|EventSource)\(\s*["'`]\/|["'`]\/(clusters|api|sign-in|settings)(\/|["'`?$])/,
  )

test('every link and every call of our own routes comes from the typed builders', () => {
  expect(handWritten(product())).toEqual([])
})

test.each(['<Link href="/clusters">', "router.push('/settings')", 'await fetch(`/api/clusters/${id}`)', "new EventSource('/x')", "const home = '/sign-in'", "<a href={'/docs'}>"])('a hand-written address is told: %s', (text) => {
  expect(handWritten([{ path: 'components/nodes/x.tsx', text }])).toHaveLength(1)
})
