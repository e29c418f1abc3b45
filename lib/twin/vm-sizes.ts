import type { Resources } from './types'

export type VmSize = { name: string; vCpu: number; memoryGiB: number; gpu: number; series: string; allocatable: Resources }

/** AKS keeps part of each node for itself (AKS, Node resource reservations); the shares are rounded. */
const allocatableOf = (vCpu: number, memoryGiB: number, gpu: number): Resources => ({
  milliCpu: vCpu * 1000 - (vCpu <= 2 ? 100 : vCpu <= 4 ? 140 : 180),
  memoryMiB: Math.round((memoryGiB * 0.885 + 0.3) * 1024),
  gpu,
})

/** A size with what AKS leaves of it to pods. */
export const size = (name: string, series: string, vCpu: number, memoryGiB: number, gpu = 0): VmSize => ({
  name,
  vCpu,
  memoryGiB,
  gpu,
  series,
  allocatable: allocatableOf(vCpu, memoryGiB, gpu),
})

/** The sizes the twin can launch by their lower-case names, with the dimensions of Azure's published series. */
export const vmSizes: ReadonlyMap<string, VmSize> = new Map(
  [
    size('Standard_D2s_v5', 'D v5', 2, 8),
    size('Standard_D4s_v5', 'D v5', 4, 16),
    size('Standard_D8s_v5', 'D v5', 8, 32),
    size('Standard_D16s_v5', 'D v5', 16, 64),
    size('Standard_D4as_v5', 'Da v5', 4, 16),
    size('Standard_D8as_v5', 'Da v5', 8, 32),
    size('Standard_E4s_v5', 'E v5', 4, 32),
    size('Standard_E8s_v5', 'E v5', 8, 64),
    size('Standard_E16s_v5', 'E v5', 16, 128),
    size('Standard_F8s_v2', 'F v2', 8, 16),
    size('Standard_NC6s_v3', 'NC v3', 6, 112, 1),
    size('Standard_NC4as_T4_v3', 'NC T4 v3', 4, 28, 1),
  ].map((entry) => [entry.name.toLowerCase(), entry]),
)

/** A size by its name; Azure does not mind the case. */
export const vmSizeOf = (name: string): VmSize | undefined => vmSizes.get(name.toLowerCase())

/** Sizes beside those of the table, by their lower-case names: a rehearsal brings those that its groups allow. */
export type MoreSizes = { moreSizes?: ReadonlyMap<string, VmSize> }

/** A size by its name, as far as the table or the cluster knows it. */
export const sizeIn = ({ moreSizes }: MoreSizes, name: string): VmSize | undefined => vmSizeOf(name) ?? moreSizes?.get(name.toLowerCase())

/** What a node counts towards the limits of the cluster: its whole size, or what is known of an unknown one. */
export const countedSize = (cluster: MoreSizes, { vmSize, allocatable }: { vmSize: string; allocatable: Resources }): Resources => {
  const known = sizeIn(cluster, vmSize)
  return known === undefined ? allocatable : { milliCpu: known.vCpu * 1000, memoryMiB: known.memoryGiB * 1024, gpu: known.gpu }
}
