import { describe, expect, it } from 'vitest'
import { limitsText, taintList, vngRows } from '@/components/vngs/vng-rows'
import { node } from '@/lib/spot/schemas/node'
import { vng, vngSpec } from '@/lib/spot/schemas/vng'

const web = vng.parse({ id: 'vng-1', name: 'web', nodeCountLimits: { minCount: 0, maxCount: 1000 }, taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }, { key: 'solo', effect: 'NoExecute' }] })
const nodes = [node.parse({ nodeName: 'a', virtualNodeGroupId: 'vng-1' }), node.parse({ nodeName: 'b' })]

describe('the rows of the groups', () => {
  it('counts nodes that run in a group, and says nothing while they are not read', () => {
    expect(vngRows([web], null, nodes)[0]?.running).toBe(1)
    expect(vngRows([web], null, undefined)[0]?.running).toBeNull()
  })
  it('puts the template last', () => {
    expect(vngRows([web], vngSpec.parse({}), nodes).map(({ kind }) => kind)).toEqual(['group', 'template'])
  })
  it('writes limits and taints as people write them', () => {
    expect(limitsText(web, String)).toBe('0 to 1000')
    expect(limitsText(vngSpec.parse({}), String)).toBeNull()
    expect(taintList(web)).toEqual(['gpu=true:NoSchedule', 'solo:NoExecute'])
  })
})
