import type { TwinTaint } from '../types'

export type PoolPlan = {
  name: string
  mode: 'system' | 'user'
  /** Share of the nodes that are not system or managed ones. */
  share: number
  vmSize: string
  labels: Record<string, string>
  taints: TwinTaint[]
  /** The group that takes this pool's nodes; null where none does, which is what a newcomer has to find. */
  vngName: string | null
  spotPercentage: number
}

const noSchedule = (key: string, value: string): TwinTaint => ({ key, value, effect: 'NoSchedule' })

export const systemPool: PoolPlan = {
  name: 'npsys',
  mode: 'system',
  share: 0,
  vmSize: 'Standard_D2s_v5',
  labels: {},
  taints: [noSchedule('CriticalAddonsOnly', 'true')],
  vngName: null,
  spotPercentage: 0,
}

/** `npbatch` has neither labels nor taints and falls to the template; nothing takes `npgpu`. */
export const userPools: readonly PoolPlan[] = [
  { name: 'npweb', mode: 'user', share: 0.3, vmSize: 'Standard_D8s_v5', labels: { tier: 'web' }, taints: [], vngName: 'vng-web', spotPercentage: 80 },
  { name: 'npapi', mode: 'user', share: 0.34, vmSize: 'Standard_D8s_v5', labels: { tier: 'api' }, taints: [], vngName: 'vng-api', spotPercentage: 80 },
  { name: 'npdata', mode: 'user', share: 0.18, vmSize: 'Standard_E8s_v5', labels: { tier: 'data' }, taints: [noSchedule('dedicated', 'data')], vngName: 'vng-data', spotPercentage: 0 },
  { name: 'npbatch', mode: 'user', share: 0.13, vmSize: 'Standard_D4s_v5', labels: {}, taints: [], vngName: null, spotPercentage: 0 },
  { name: 'npgpu', mode: 'user', share: 0.05, vmSize: 'Standard_NC6s_v3', labels: { gpu: 'nvidia' }, taints: [noSchedule('sku', 'gpu')], vngName: null, spotPercentage: 0 },
]
