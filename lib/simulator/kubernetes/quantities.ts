import type { Resources } from '@/lib/twin/types'

const cpuText = (milliCpu: number): string => (milliCpu % 1000 === 0 ? String(milliCpu / 1000) : `${milliCpu}m`)

const memoryText = (memoryMiB: number): string => (memoryMiB % 1024 === 0 ? `${memoryMiB / 1024}Gi` : `${memoryMiB}Mi`)

/** The name of a GPU as a resource, by NVIDIA's device plug-in. */
const gpuKey = 'nvidia.com/gpu'

/** Amounts as Kubernetes writes them. */
export const quantities = ({ milliCpu, memoryMiB, gpu }: Resources): Record<string, string> => ({
  cpu: cpuText(milliCpu),
  memory: memoryText(memoryMiB),
  ...(gpu === 0 ? {} : { [gpuKey]: String(gpu) }),
})

export const gpuLimit = ({ gpu }: Resources): Record<string, string> => (gpu === 0 ? {} : { [gpuKey]: String(gpu) })
