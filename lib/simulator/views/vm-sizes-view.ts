import { z } from 'zod'
import type { TwinVng } from '@/lib/twin/types'
import { vmSizes } from '@/lib/twin/vm-sizes'

const number = z.number().nullish().catch(null)
const texts = z.array(z.string()).nullish().catch(null)

const filtersOf = z.object({
  vmSizes: z
    .object({
      filters: z.object({ minVCpu: number, maxVCpu: number, minMemoryGiB: number, maxMemoryGiB: number, series: texts, excludeSeries: texts }).nullish(),
    })
    .nullish(),
})

/** The sizes that a group's filters let through, in lower case as the vendor's example has them; the preferred ones first. */
export const allowedVmSizes = (vng: TwinVng): string[] => {
  const filters = filtersOf.safeParse(vng.extra).data?.vmSizes?.filters ?? {}
  const allowed = [...vmSizes.values()].filter(
    ({ vCpu, memoryGiB, series }) =>
      vCpu >= (filters.minVCpu ?? 0) &&
      vCpu <= (filters.maxVCpu ?? Infinity) &&
      memoryGiB >= (filters.minMemoryGiB ?? 0) &&
      memoryGiB <= (filters.maxMemoryGiB ?? Infinity) &&
      (filters.series?.includes(series) ?? true) &&
      !filters.excludeSeries?.includes(series),
  )
  const isPreferred = (name: string) => vng.vmSizes.includes(name)
  return allowed
    .map(({ name }) => name)
    .sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)))
    .map((name) => name.toLowerCase())
}
