import { expect, test } from 'vitest'
import { knownLimits, parsePoolLimits, pastesOf, type RollbackFacts, type RollbackKit } from '@/lib/domain/plan/rollback'
import { readCommands, restoreCommands, scaleCommands } from '@/lib/domain/plan/rollback-commands'
import { runbookOf } from '@/lib/domain/plan/runbook'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const web = { name: 'npweb', count: 6, enableAutoScaling: true, minCount: 3, maxCount: 12 }
const api = { name: 'npapi', count: 4, enableAutoScaling: false, minCount: null, maxCount: null }
const at = { resourceGroup: 'rg prod', aksName: 'aks-1' }

test.each([
  ['one command', JSON.stringify(web), [web]],
  ['several, one after another', `${JSON.stringify(web, null, 2)}\n${JSON.stringify(api)}\n`, [api, web]],
  ['a list', JSON.stringify([web, api]), [api, web]],
  ['a list and an object', `[${JSON.stringify(web)}]\n${JSON.stringify(api)}`, [api, web]],
  ['the whole of show', JSON.stringify({ ...web, vmSize: 'Standard_D4s_v5', tags: { a: '}{' }, upgradeSettings: {} }), [web]],
  ['a pool twice: the last counts', `${JSON.stringify({ ...web, maxCount: 5 })}${JSON.stringify(web)}`, [web]],
])('limits are read from %s', (_, text, pools) => {
  expect(parsePoolLimits(text)).toEqual(pools)
})

test.each(['', 'ERROR: not found', '[]', '{}', '{"name":"x","minCount":-1}', '{"name":"x","count":"3"}', 'null', '{"name":'])('%j is refused', (text) => {
  expect(parsePoolLimits(text)).toBeNull()
})

test('the limits are read and given back in the words of the Azure CLI', () => {
  expect(readCommands(at, ['npweb'])).toEqual([
    `az aks nodepool show --resource-group 'rg prod' --cluster-name aks-1 --name npweb --query '{name:name,count:count,enableAutoScaling:enableAutoScaling,minCount:minCount,maxCount:maxCount}' --output json`,
  ])
  expect(restoreCommands(at, [web, api, { name: 'npx' }])).toEqual([
    `az aks nodepool update --resource-group 'rg prod' --cluster-name aks-1 --name npweb --enable-cluster-autoscaler --min-count 3 --max-count 12`,
    `az aks nodepool scale --resource-group 'rg prod' --cluster-name aks-1 --name npapi --node-count 4`,
  ])
  expect(readCommands({ resourceGroup: null, aksName: null }, ['a'])[0]).toContain('--resource-group "$RESOURCE_GROUP" --cluster-name "$AKS_NAME"')
})

const facts: RollbackFacts = { ...at, pools: [{ poolName: 'npweb', nodes: 6 }, { poolName: 'npapi', nodes: 4 }], cordoned: ['node-b'], vngs: [{ id: 'vng-1', name: 'web' }], template: { tags: { team: 'shop' } }, limits: { pools: [web], pastedBy: 'Ada', pastedAtMs: 0 }, readAtMs: Date.UTC(2026, 2, 2, 12) }
const kit: RollbackKit = { facts, clusterId: 'o-1', startedBy: 'Ada', selection: { kind: 'nodes', names: ['node-a', 'node-b'] }, poolNames: ['npapi', 'npweb'], options: defaultMigrationOptions, comment: '' }

test('a pool without kept limits is given its number of nodes back', () => {
  expect(scaleCommands(facts)).toEqual([`az aks nodepool scale --resource-group 'rg prod' --cluster-name aks-1 --name npapi --node-count 4`])
})

test('the runbook has what was recorded, and frees no node that was cordoned before', () => {
  const text = runbookOf(kit, 'scr-1')
  for (const part of ['# Going back: scr-1', '2026-03-02 12:00 UTC', '| npweb | 6 |', '--min-count 3 --max-count 12', 'kubectl uncordon node-a', '"id": "vng-1"', '"team": "shop"', '"respectPdb": true']) expect(text).toContain(part)
  expect(text).not.toContain('uncordon node-b')
})

test('of whole pools the nodes that were in them at the review are named', () => {
  const text = runbookOf({ ...kit, selection: { kind: 'pools', names: ['npweb'] }, nodeNames: ['node-a', 'node-b'] }, 'scr-1')
  expect(text).toContain('kubectl uncordon node-a')
  expect(text, 'was cordoned before').not.toContain('uncordon node-b')
})

test('pools that the run did not touch are left as they are by then', () => {
  const limits = { pools: [api, web], pastedBy: 'Ada', pastedAtMs: 0 }
  const scaled = [{ poolName: 'npapi', minCount: 2, maxCount: 8 }]
  const text = runbookOf({ ...kit, poolNames: ['npweb'], facts: { ...facts, limits, scaled } }, 'scr-1')
  expect(text).toContain('--name npweb --enable-cluster-autoscaler')
  expect(text).not.toContain('npapi')
  expect(runbookOf({ ...kit, poolNames: undefined, selection: { kind: 'pools', names: ['npweb'] }, facts: { ...facts, limits } }, 'scr-1'), 'of a kit from before').not.toContain('npapi')
})

test('a kit from before that does not say its pools has all of them, and says so', () => {
  const text = runbookOf({ ...kit, poolNames: undefined }, 'scr-1')
  for (const part of ['was not kept: leave the others as they are', '| npweb | 6 |', '--name npapi --node-count 4']) expect(text).toContain(part)
})

test('a pool that nothing scales gets back the nodes it had at the launch, not those of an old paste', () => {
  const limits = { pools: [{ ...api, count: 12 }], pastedBy: 'Ada', pastedAtMs: 0 }
  const text = runbookOf({ ...kit, facts: { ...facts, limits } }, 'scr-1')
  expect(text).toContain('--name npapi --node-count 4')
  expect(text).not.toContain('--node-count 12')
  expect(restoreCommands(at, knownLimits({ limits, pools: null }))[0], 'the paste where nothing was read').toContain('--node-count 12')
})

test('who pasted which pools is told of each', () => {
  const limits = { pools: [{ ...api, pastedBy: 'Bob', pastedAtMs: 60_000 }, web], pastedBy: 'Ada', pastedAtMs: 120_000 }
  expect(pastesOf(limits)).toEqual([{ names: ['npapi'], pastedBy: 'Bob', pastedAtMs: 60_000 }, { names: ['npweb'], pastedBy: 'Ada', pastedAtMs: 120_000 }])
  const text = runbookOf({ ...kit, facts: { ...facts, limits } }, 'scr-1')
  for (const part of ['As pasted by Bob at 1970-01-01 00:01 UTC: npapi.', 'As pasted by Ada at 1970-01-01 00:02 UTC: npweb.']) expect(text).toContain(part)
})

test('what was not read is said and not made up', () => {
  const text = runbookOf({ ...kit, facts: { ...facts, pools: null, cordoned: null, vngs: null, limits: null } }, null)
  for (const part of ['a migration that is planned', 'was not read', 'Nobody kept the limits', 'They were not read.']) expect(text).toContain(part)
  expect(text).not.toContain('--min-count')
  expect(text).not.toContain('```sh\n\n')
})

test('names and comments of others are text in it, and no markup', () => {
  const text = runbookOf({ ...kit, comment: '[click](https://evil.example) `x` <img>', startedBy: 'A\u202eB', facts: { ...facts, vngs: [{ name: '```\n# x' }] } }, null)
  expect(text).not.toContain('[click](')
  expect(text).not.toContain('<img>')
  expect(text).toContain('[U+202E]'.replace(/[[\]+]/g, '\\$&'))
  expect(text.split('\n').filter((line) => line === '# x')).toEqual([])
})

test('limits that the autoscaler itself has written count before pasted ones, and need nobody', () => {
  const scaled = [{ poolName: 'npapi', minCount: 2, maxCount: 8 }, { poolName: 'npweb', minCount: 1, maxCount: 20 }, { poolName: 'npx', minCount: null, maxCount: null }]
  expect(knownLimits({ limits: facts.limits, scaled, pools: facts.pools }).map(({ name, minCount, maxCount }) => [name, minCount, maxCount])).toEqual([['npapi', 2, 8], ['npweb', 1, 20]])
  expect(scaleCommands({ ...facts, scaled })).toEqual([])
  const text = runbookOf({ ...kit, poolNames: ['npapi', 'npweb', 'npx'], facts: { ...facts, limits: null, scaled } }, 'scr-1')
  for (const part of ['As the cluster autoscaler had written them: npapi, npweb, npx.', '--name npweb --enable-cluster-autoscaler --min-count 1 --max-count 20', '--name npapi --enable-cluster-autoscaler --min-count 2 --max-count 8']) expect(text).toContain(part)
  expect(text).not.toContain('Nobody kept')
})
