import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { clusterColumns } from '@/components/clusters/columns'
import type { ClusterRow } from '@/lib/contract/clusters'

const cluster: ClusterRow = {
  clusterId: 'o-1',
  name: 'prod',
  region: null,
  resourceGroup: null,
  heartbeat: { state: 'reporting', status: 'ACTIVE', lastHeartbeatMs: 0 },
  nodes: { managed: 3, unmanaged: 2, system: 1 },
  runningMigration: null,
  runLeft: null,
  isRunUnwatched: false,
  isRunRead: true,
  openLaunch: null,
  problem: null,
}
const launch = { launchId: 'l-1', clusterId: 'o-1', state: 'unknown' as const, mark: '1f3a9c07', migrationId: null, startedBy: 'Ada', createdAtMs: 0, problem: null }

const told = (change: Partial<ClusterRow>) => {
  const textOf = (id: string) => renderToStaticMarkup(clusterColumns.find((column) => column.id === id)?.cell({ ...cluster, ...change })).replaceAll(/<[^>]*>/g, '')
  return [textOf('running'), textOf('state')]
}

test('no migration is told only of a cluster whose migrations were read', () => {
  expect(told({})).toEqual(['None', 'All read'])
  expect(told({ isRunRead: false })).toEqual(['Not read', 'Migrations not read'])
  expect(told({ isRunRead: false, problem: { code: 'upstream_failed', detail: 'Spot answered with an error.' } })).toEqual(['Not read', 'Spot answered with an error.'])
})

test('a launch whose outcome is open is told in the place of a migration', () => {
  expect(told({ openLaunch: launch })).toEqual(['Launch unconfirmed', 'All read'])
  expect(told({ openLaunch: { ...launch, state: 'sent' }, isRunRead: false })).toEqual(['Launching', 'Migrations not read'])
})
