import { describe, expect, it } from 'vitest'
import { searchNodes, sharePercent } from '@/components/inventory/node-text'
import { node } from '@/lib/spot/schemas/node'

const nodes = [
  node.parse({ nodeName: 'aks-web-1', labels: { team: 'shop' }, taints: ['gpu=true:NO_SCHEDULE'] }),
  node.parse({ nodeName: 'aks-web-2', virtualNodeGroupName: 'web' }),
]

describe('the inventory', () => {
  it('finds a node by label, taint or group, all words required', () => {
    expect(searchNodes(nodes, 'team=shop GPU').map(({ nodeName }) => nodeName)).toEqual(['aks-web-1'])
    expect(searchNodes(nodes, 'aks-web gpu web-2')).toEqual([])
    expect(searchNodes(nodes, '  ')).toBe(nodes)
  })
  it('gives no share where a figure is missing or the whole is nothing', () => {
    expect(sharePercent(null, 4000)).toBeNull()
    expect(sharePercent(0, 0)).toBeNull()
    expect(sharePercent(5000, 4000)).toBe(125)
  })
})
