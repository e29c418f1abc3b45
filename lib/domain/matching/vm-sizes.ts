export type VmDimensions = { vCpu: number; memoryGiB: number; gpu: number; architecture: 'x86_64' | 'arm64' }

type Series = {
  /** As Azure writes it, then as Spot's examples write it (Spot API, Create Virtual Node Group, `series`: `D v3`, `Da v4`). */
  names: readonly string[]
  /** Of each size: name without `Standard_`, vCPUs, GiB of memory, GPUs. */
  sizes: readonly (readonly [name: string, vCpu: number, memoryGiB: number, gpu?: number])[]
  architecture?: 'arm64'
}

/** Sizes of one series whose memory grows with their vCPUs; `#` stands for the number of vCPUs. */
const evenly = (pattern: string, memoryPerVCpu: number, vCpus: readonly number[]): Series['sizes'] =>
  vCpus.map((vCpu) => [pattern.replace('#', String(vCpu)), vCpu, vCpu * memoryPerVCpu] as const)

const to64 = [2, 4, 8, 16, 32, 48, 64]
const to96 = [...to64, 96]
const to64With20 = [2, 4, 8, 16, 20, 32, 48, 64]

/**
 * Dimensions of VM sizes. Source: Azure, Sizes for virtual machines, one page for each series, in these
 * editions: Bv1, Dsv5, Dasv5, Dpsv5, Esv5, Easv5 of February and March 2026, Dsv3, Dsv4, Ddsv5, Fsv2, NCv3,
 * NCasT4_v3, NC_A100_v4 of July and September 2024. The dimensions of a size do not change once it is offered;
 * what is not in this table is not known here.
 */
const table: readonly Series[] = [
  { names: ['Bv1', 'Bs'], sizes: [['B1s', 1, 1], ['B1ms', 1, 2], ['B2s', 2, 4], ['B2ms', 2, 8], ['B4ms', 4, 16], ['B8ms', 8, 32], ['B12ms', 12, 48], ['B16ms', 16, 64], ['B20ms', 20, 80]] },
  { names: ['Dsv3', 'D v3'], sizes: evenly('D#s_v3', 4, to64) },
  { names: ['Dsv4', 'D v4'], sizes: evenly('D#s_v4', 4, to64) },
  { names: ['Dsv5', 'D v5'], sizes: evenly('D#s_v5', 4, to96) },
  { names: ['Ddsv5', 'Dd v5'], sizes: evenly('D#ds_v5', 4, to96) },
  { names: ['Dasv5', 'Da v5'], sizes: evenly('D#as_v5', 4, to96) },
  { names: ['Dpsv5', 'Dp v5'], sizes: [...evenly('D#ps_v5', 4, to64.slice(0, -1)), ['D64ps_v5', 64, 208]], architecture: 'arm64' },
  { names: ['Esv5', 'E v5'], sizes: [...evenly('E#s_v5', 8, to64With20), ['E96s_v5', 96, 672], ['E104is_v5', 104, 672]] },
  { names: ['Easv5', 'Ea v5'], sizes: [...evenly('E#as_v5', 8, to64With20), ['E96as_v5', 96, 672], ['E112ias_v5', 112, 672]] },
  { names: ['Fsv2', 'F v2'], sizes: evenly('F#s_v2', 2, [...to64, 72]) },
  { names: ['NCv3', 'NC v3'], sizes: [['NC6s_v3', 6, 112, 1], ['NC12s_v3', 12, 224, 2], ['NC24s_v3', 24, 448, 4], ['NC24rs_v3', 24, 448, 4]] },
  { names: ['NCasT4_v3', 'NC T4 v3'], sizes: [['NC4as_T4_v3', 4, 28, 1], ['NC8as_T4_v3', 8, 56, 1], ['NC16as_T4_v3', 16, 110, 1], ['NC64as_T4_v3', 64, 440, 4]] },
  { names: ['NC_A100_v4', 'NC A100 v4'], sizes: [['NC24ads_A100_v4', 24, 220, 1], ['NC48ads_A100_v4', 48, 440, 2], ['NC96ads_A100_v4', 96, 880, 4]] },
]

type Entry = { azureName: string; dimensions: VmDimensions; series: Series }

const entries: ReadonlyMap<string, Entry> = new Map(
  table.flatMap((series) =>
    series.sizes.map(([name, vCpu, memoryGiB, gpu = 0]): [string, Entry] => [
      `standard_${name.toLowerCase()}`,
      { azureName: `Standard_${name}`, series, dimensions: { vCpu, memoryGiB, gpu, architecture: series.architecture ?? 'x86_64' } },
    ]),
  ),
)

const plainSeries = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')
const seriesByName: ReadonlyMap<string, Series> = new Map(table.flatMap((series) => series.names.map((name) => [plainSeries(name), series])))

export type KnownSize = VmDimensions & { name: string }

/** Every size of the table, by the names that Azure gives them, in small letters. */
export const knownSizes: readonly KnownSize[] = [...entries].map(([name, { dimensions }]) => ({ name, ...dimensions }))

/** True when the table has the sizes of this series. */
export const isKnownSeries = (name: string): boolean => seriesByName.has(plainSeries(name))

/** What is known of a size by its name, whose case Azure does not mind; null for one that is not in the table. */
export const dimensionsOf = (vmSize: string): VmDimensions | null => entries.get(vmSize.toLowerCase())?.dimensions ?? null

/** The name of a size as Azure writes it, which nodes carry as a label; as it was given for one that is not in the table. */
export const azureNameOf = (vmSize: string): string => entries.get(vmSize.toLowerCase())?.azureName ?? vmSize

/** Whether a size belongs to one of the named series; null where the table knows either too little about the size or about a name. */
export const isOfSeries = (vmSize: string, names: readonly string[]): boolean | null => {
  const own = entries.get(vmSize.toLowerCase())?.series
  if (own === undefined) return null
  const named = names.map((name) => seriesByName.get(plainSeries(name)))
  if (named.includes(own)) return true
  return named.includes(undefined) ? null : false
}
