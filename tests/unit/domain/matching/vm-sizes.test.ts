import { describe, expect, it } from 'vitest'
import { dimensionsOf, isOfSeries } from '@/lib/domain/matching/vm-sizes'
import { vmSizes } from '@/lib/twin/vm-sizes'

describe('dimensions of sizes', () => {
  it.each([
    ['Standard_D8s_v5', { vCpu: 8, memoryGiB: 32, gpu: 0, architecture: 'x86_64' }],
    ['standard_d8S_V5', { vCpu: 8, memoryGiB: 32, gpu: 0, architecture: 'x86_64' }],
    ['Standard_D64ps_v5', { vCpu: 64, memoryGiB: 208, gpu: 0, architecture: 'arm64' }],
    ['Standard_E96s_v5', { vCpu: 96, memoryGiB: 672, gpu: 0, architecture: 'x86_64' }],
    ['Standard_NC24rs_v3', { vCpu: 24, memoryGiB: 448, gpu: 4, architecture: 'x86_64' }],
    ['Standard_Z9z_v9', null],
    ['Standard_D7s_v5', null],
    ['', null],
  ])('of %s', (name, dimensions) => expect(dimensionsOf(name)).toEqual(dimensions))

  it('know every size that the twin launches, and agree with it', () => {
    for (const { name, vCpu, memoryGiB, gpu } of vmSizes.values()) expect(dimensionsOf(name), name).toMatchObject({ vCpu, memoryGiB, gpu })
  })
})

describe('series', () => {
  it.each([
    ['Standard_D4as_v5', ['Da v5'], true],
    ['Standard_D4as_v5', ['dasv5'], true],
    ['Standard_D4as_v5', ['D v5', 'E v5'], false],
    ['Standard_D4as_v5', ['D v5', 'Z v9'], null],
    ['Standard_D4as_v5', [], false],
    ['Standard_Z9z_v9', ['D v5'], null],
  ])('%s in %o: %s', (name, series, answer) => expect(isOfSeries(name, series)).toBe(answer))
})
