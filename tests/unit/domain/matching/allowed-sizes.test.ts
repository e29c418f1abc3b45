import { describe, expect, it } from 'vitest'
import { allowedSizes, roomOn, sizeFit, type SizeNeed } from '@/lib/domain/matching/allowed-sizes'
import { vngSpec } from '@/lib/spot/schemas/vng'

const filtersOf = (filters: Record<string, unknown>) => vngSpec.parse({ vmSizes: { filters } }).vmSizes?.filters ?? null
const allowed = (filters: Record<string, unknown>, preferred: string[] = []) => allowedSizes(filtersOf(filters), preferred)
const names = (filters: Record<string, unknown>) => allowed(filters).sizes.map(({ name }) => name)
const need = (change: Partial<SizeNeed>): SizeNeed => ({ milliCpu: 250, memoryMiB: 512, gpu: 0, ...change })

describe('the sizes that a group may launch', () => {
  it('are those of the table that every filter lets through', () => {
    expect(names({ series: ['D v5'], minVCpu: 4, maxVCpu: 16, maxMemoryGiB: 40 })).toEqual(['standard_d4s_v5', 'standard_d8s_v5'])
    expect(names({ series: ['NC T4 v3', 'NC v3'], maxGpu: 1 })).toEqual(['standard_nc6s_v3', 'standard_nc4as_t4_v3', 'standard_nc8as_t4_v3', 'standard_nc16as_t4_v3'])
    expect(names({ architectures: ['ARM64'] }).every((name) => name.includes('ps_v5'))).toBe(true)
    expect(names({ excludeSeries: ['Bs'] }).some((name) => name.startsWith('standard_b'))).toBe(false)
  })

  it('name the preferred ones first and shut none of the others out', () => {
    const { sizes } = allowed({ series: ['D v5'] }, ['Standard_D16s_v5'])
    expect(sizes.map(({ name }) => name).slice(0, 2)).toEqual(['standard_d16s_v5', 'standard_d2s_v5'])
  })

  it('are all of them only where each series is in the table', () => {
    expect([allowed({ series: ['D v5', 'Bs'] }), allowed({ series: ['D v5', 'M v2'] }), allowed({}), allowedSizes(null)].map(({ isComplete }) => isComplete)).toEqual([true, false, false, false])
  })
})

describe('whether a pod fits one of them', () => {
  it.each([
    ['a small pod on anything', {}, {}, 'yes'],
    ['all of a node’s vCPUs, of which AKS keeps a part', { milliCpu: 8000 }, { maxVCpu: 8 }, 'no'],
    ['as many as the largest node has for pods', { milliCpu: 7820 }, { maxVCpu: 8 }, 'yes'],
    ['more memory than any size of so few vCPUs is known to have', { milliCpu: 3000, memoryMiB: 60 * 1024 }, { maxVCpu: 4, maxMemoryGiB: 128 }, 'unknown'],
    ['the same where the series are known', { milliCpu: 3000, memoryMiB: 60 * 1024 }, { maxVCpu: 4, maxMemoryGiB: 128, series: ['E v5'] }, 'no'],
    ['a GPU in a series without', { gpu: 1 }, { series: ['D v5'] }, 'no'],
    ['a GPU where nothing is said of any', { gpu: 1 }, {}, 'yes'],
    ['two GPUs where one is the most', { gpu: 2 }, { maxGpu: 1 }, 'no'],
    ['a GPU in a series that the table does not have', { gpu: 1 }, { series: ['ND v7'] }, 'unknown'],
    ['a small pod where no series is known', {}, { series: ['ND v7'] }, 'yes'],
    ['more than any known size has', { milliCpu: 200_000 }, {}, 'unknown'],
  ] as const)('%s', (_, change, filters, answer) => expect(sizeFit(need(change), allowed(filters))).toBe(answer))

  it('leaves out what AKS keeps of every node', () => {
    expect([2, 4, 8, 16, 96].map((vCpu) => vCpu * 1000 - roomOn({ vCpu, memoryGiB: 8, gpu: 0 }).milliCpu)).toEqual([100, 140, 180, 260, 740])
  })
})
