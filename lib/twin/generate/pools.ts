import type { TwinTaint } from '../types'

export type PoolPlan = {
  name: string
  mode: 'system' | 'user'
  /** Share of the nodes that are not system or managed ones. */
  share: number
  vmSize: keyof typeof vmSizes
  labels: Record<string, string>
  taints: TwinTaint[]
  /** The group that takes this pool's nodes; null where none does, which is what a newcomer has to find. */
  vngName: string | null
}

/** Dimensions of the sizes in use, after Azure's published series tables; allocatable leaves AKS's reserve out. */
export const vmSizes = {
  Standard_D2s_v5: { milliCpu: 1900, memoryMiB: 5_750, gpu: 0 },
  Standard_D4s_v5: { milliCpu: 3860, memoryMiB: 13_500, gpu: 0 },
  Standard_D8s_v5: { milliCpu: 7820, memoryMiB: 28_900, gpu: 0 },
  Standard_E8s_v5: { milliCpu: 7820, memoryMiB: 59_800, gpu: 0 },
  Standard_NC6s_v3: { milliCpu: 5860, memoryMiB: 106_000, gpu: 1 },
} as const

const noSchedule = (key: string, value: string): TwinTaint => ({ key, value, effect: 'NoSchedule' })

export const systemPool: PoolPlan = {
  name: 'npsys',
  mode: 'system',
  share: 0,
  vmSize: 'Standard_D2s_v5',
  labels: {},
  taints: [noSchedule('CriticalAddonsOnly', 'true')],
  vngName: null,
}

export const userPools: readonly PoolPlan[] = [
  { name: 'npweb', mode: 'user', share: 0.3, vmSize: 'Standard_D8s_v5', labels: { tier: 'web' }, taints: [], vngName: 'vng-web' },
  { name: 'npapi', mode: 'user', share: 0.34, vmSize: 'Standard_D8s_v5', labels: { tier: 'api' }, taints: [], vngName: 'vng-api' },
  { name: 'npdata', mode: 'user', share: 0.18, vmSize: 'Standard_E8s_v5', labels: { tier: 'data' }, taints: [noSchedule('dedicated', 'data')], vngName: 'vng-data' },
  { name: 'npbatch', mode: 'user', share: 0.13, vmSize: 'Standard_D4s_v5', labels: {}, taints: [], vngName: null },
  { name: 'npgpu', mode: 'user', share: 0.05, vmSize: 'Standard_NC6s_v3', labels: { accelerator: 'nvidia' }, taints: [noSchedule('sku', 'gpu')], vngName: null },
]
