import { describe, expect, it } from 'vitest'
import { clusterId, migrationId } from '@/lib/spot/schemas/ids'
import { parseBaseUrl, targetOf } from '@/lib/spot/target'

const base = parseBaseUrl('https://api.example.test/spot/')
const hostile = [
  '..', '../o-1', 'o-..', 'o-1/../..', 'o-1%2f..', 'o-%2e%2e', 'o-1;/..', 'o-1\\..', '//evil.example', 'o-1?x=', 'o-1#', 'o-1\r\nX: y',
  'o-1\n', 'o-\u0000', 'o-\uff0e\uff0e', 'o-ä', 'o-\u202eabc', 'o-1 ', ' o-1', '', 'o-', 'O-1', 'scr-1', '@evil', `o-${'a'.repeat(4096)}`,
]

describe('ids', () => {
  it.each(hostile)('refuses %j as a cluster id', (id) => {
    expect(clusterId.safeParse(id).success).toBe(false)
  })

  it('takes ids of every length the vendor shows', () => {
    for (const id of ['scr-c7ec47f', 'scr-c7ec47f8', 'scr-c7ec47f89']) expect(migrationId.parse(id)).toBe(id)
  })
})

describe('targetOf', () => {
  it('fills the template below the configured prefix and encodes the query', () => {
    expect(targetOf(base, 'getMigration', { clusterId: 'o-1', migrationId: 'scr-2' }, { accountId: 'act-3' })).toBe(
      '/spot/ocean/azure/np/cluster/o-1/migration/scr-2?accountId=act-3',
    )
    expect(targetOf(base, 'listVngs', {}, { oceanId: 'a&b=c' })).toBe('/spot/ocean/azure/np/virtualNodeGroup?oceanId=a%26b%3Dc')
  })

  it.each(['..', '.', '', '../..', 'a/b', 'a\\b', '.hidden'])('refuses %j even past the id check', (id) => {
    expect(() => targetOf(base, 'getCluster', { clusterId: id }, {})).toThrow(/invalid/)
  })

  it.each(['ftp://api.example.test', 'https://user:pass@api.example.test', 'https://api.example.test/?a=1', 'https://api.example.test/#x', 'not a url'])(
    'does not start on the address %s',
    (url) => {
      expect(() => parseBaseUrl(url)).toThrow()
    },
  )
})
