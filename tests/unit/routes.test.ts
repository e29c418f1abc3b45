import { expect, test } from 'vitest'
import { routes } from '@/lib/routes'

const hostile = '../x?y#z /%2e'
const encoded = '..%2Fx%3Fy%23z%20%2F%252e'

const table: [path: string, built: string][] = [
  ['/', routes.home()],
  ['/sign-in', routes.signIn()],
  ['/sign-in?callbackUrl=%2Fclusters%3Fa%3D1&reason=expired', routes.signIn({ callbackUrl: '/clusters?a=1', reason: 'expired' })],
  ['/clusters', routes.clusters()],
  [`/clusters/${encoded}/nodes`, routes.nodes(hostile)],
  ['/clusters/o-1/nodes?draft=d+1', routes.nodes('o-1', { draft: 'd 1' })],
  ['/clusters/o-1/nodes?matches=vng-1', routes.nodes('o-1', { matches: 'vng-1' })],
  [`/clusters/${encoded}/migrate`, routes.migrate(hostile)],
  ['/clusters/o-1/migrate?draft=d1&step=plan', routes.migrate('o-1', { draft: 'd1', step: 'plan' })],
  [`/clusters/${encoded}/workloads`, routes.workloads(hostile)],
  [`/clusters/${encoded}/migrations`, routes.runs(hostile)],
  [`/clusters/o-1/migrations/${encoded}`, routes.run('o-1', hostile)],
  [`/clusters/${encoded}/migrations/compare?a=scr-1&b=scr-2`, routes.compareRuns(hostile, { a: 'scr-1', b: 'scr-2' })],
  [`/clusters/o-1/migrations/${encoded}/report?names=hidden`, routes.runReport('o-1', hostile, { names: 'hidden' })],
  [`/clusters/${encoded}/vngs`, routes.vngs(hostile)],
  ['/clusters/o-1/vngs?create=nodes&nodes=a%2Cb', routes.vngs('o-1', { create: 'nodes', nodes: 'a,b' })],
  [`/clusters/${encoded}/inventory`, routes.inventory(hostile)],
  [`/clusters/${encoded}/log`, routes.log(hostile)],
  ['/clusters/o-1/log?from=2026-01-01', routes.log('o-1', { from: '2026-01-01' })],
  ['/settings', routes.settings()],
  ['/api/sign-in/accounts', routes.api.signInAccounts()],
  ['/api/session', routes.api.session()],
  ['/api/session/recordings', routes.api.recordings()],
  ['/api/kubernetes', routes.api.kubernetes()],
  ['/api/budget', routes.api.budget()],
  ['/api/clusters', routes.api.clusters()],
  [`/api/clusters/${encoded}`, routes.api.cluster(hostile)],
  [`/api/clusters/${encoded}/nodes`, routes.api.nodes(hostile)],
  [`/api/clusters/${encoded}/readiness`, routes.api.readiness(hostile)],
  ['/api/clusters/o-1/readiness?fresh=1', routes.api.readiness('o-1', { fresh: '1' })],
  [`/api/clusters/${encoded}/nodes/${encoded}`, routes.api.node(hostile, hostile)],
  ['/api/clusters/o-1/nodes/n-1?fresh=1', routes.api.node('o-1', 'n-1', { fresh: '1' })],
  ['/clusters/o-1/nodes?node=n-1&search=x', routes.nodes('o-1', { node: 'n-1', search: 'x' })],
  [`/api/clusters/${encoded}/history-facts`, routes.api.historyFacts(hostile)],
  [`/api/clusters/${encoded}/plan-facts`, routes.api.planFacts(hostile)],
  [`/api/clusters/${encoded}/rehearsal-facts`, routes.api.rehearsalFacts(hostile)],
  [`/api/clusters/${encoded}/inventory`, routes.api.inventory(hostile)],
  [`/api/clusters/${encoded}/vngs`, routes.api.vngs(hostile)],
  [`/api/clusters/${encoded}/vngs/import`, routes.api.vngImport(hostile)],
  [`/api/clusters/o-1/vngs/${encoded}`, routes.api.vng('o-1', hostile)],
  [`/api/clusters/o-1/vngs/${encoded}/vm-sizes`, routes.api.vngSizes('o-1', hostile)],
  ['/api/clusters/o-1/log?fromMs=1&toMs=2&severity=ERROR', routes.api.log('o-1', { fromMs: 1, toMs: 2, severity: 'ERROR' })],
  [`/api/clusters/${encoded}/holds`, routes.api.holds(hostile)],
  [`/api/clusters/${encoded}/presets`, routes.api.presets(hostile)],
  [`/api/clusters/o-1/presets/${encoded}`, routes.api.preset('o-1', hostile)],
  [`/api/clusters/${encoded}/preset-default`, routes.api.presetDefault(hostile)],
  [`/api/clusters/${encoded}/managed-share`, routes.api.managedShare(hostile)],
  [`/api/clusters/o-1/migrations/${encoded}/recording`, routes.api.recording('o-1', hostile)],
  [`/api/clusters/o-1/migrations/${encoded}/rollback-kit`, routes.api.rollbackKit('o-1', hostile)],
  [`/api/clusters/${encoded}/rollback-facts`, routes.api.rollbackFacts(hostile)],
  [`/api/clusters/${encoded}/pool-limits`, routes.api.poolLimits(hostile)],
  [`/api/clusters/${encoded}/drafts`, routes.api.drafts(hostile)],
  [`/api/clusters/o-1/drafts/${encoded}`, routes.api.draft('o-1', hostile)],
  [`/api/clusters/${encoded}/launches`, routes.api.launches(hostile)],
  [`/api/clusters/o-1/launches/${encoded}`, routes.api.launch('o-1', hostile)],
  [`/api/clusters/${encoded}/migrations`, routes.api.migrations(hostile)],
  [`/api/clusters/o-1/migrations/${encoded}`, routes.api.migration('o-1', hostile)],
  [`/api/clusters/o-1/migrations/${encoded}/stop`, routes.api.stop('o-1', hostile)],
  [`/api/clusters/o-1/migrations/${encoded}/stream`, routes.api.stream('o-1', hostile)],
]

test.each(table)('the address %s is built with its ids encoded', (path, built) => {
  expect(built).toBe(path)
})

type Builders = { [name: string]: ((...args: string[]) => string) | Builders }

/** The path of every builder with the same ids, so that none can be left out of the table. */
const shapes = (builders: Builders): string[] => Object.values(builders).flatMap((build) => (typeof build === 'function' ? [build('o-1', 'x-1')] : shapes(build)))
const withoutIds = (path: string) => (path.split('?')[0] ?? '').replaceAll(encoded, ':id').replace(/\/(clusters|migrations|drafts|launches|presets|vngs)\/(o-1|x-1|:id)/g, '/$1/:id').replace(/\/(nodes|migrations|drafts|launches|presets|vngs)\/(x-1|n-1|:id)/g, '/$1/:id')

test('every builder stands in the table', () => {
  const listed = new Set(table.map(([path]) => withoutIds(path)))
  // Query objects are left out here; a builder that takes one answers the same path without it.
  const { signIn, ...rest } = routes
  expect(signIn()).toBe('/sign-in')
  const { log, ...api } = rest.api
  expect(withoutIds(log('o-1', { fromMs: 1, toMs: 2 }))).toBe('/api/clusters/:id/log')
  expect(shapes({ ...rest, api } as unknown as Builders).map(withoutIds).filter((path) => !listed.has(path))).toEqual([])
})
