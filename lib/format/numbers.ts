const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const oneDigit = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** A count with grouped thousands: `1,911`. */
export const formatCount = (value: number): string => grouped.format(value)

/**
 * The share of `done` in `total` as whole percent. Null for an empty total, 100 only when all is done and 0
 * only when nothing is, so that rounding never says more than is true.
 */
export const percentOf = (done: number, total: number): number | null => {
  if (total <= 0) return null
  if (done >= total) return 100
  if (done <= 0) return 0
  return Math.min(99, Math.max(1, Math.round((done / total) * 100)))
}

/** Whole percent with its unit; a dash when there is none. */
export const formatPercent = (percent: number | null): string => (percent === null ? '–' : `${percent} %`)

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Bytes in the largest binary unit that leaves a figure of at least one: `3.5 GiB`. */
export const formatBytes = (bytes: number): string => {
  const step = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${oneDigit.format(bytes / 1024 ** step)} ${byteUnits[step]}`
}

/** Memory given in MiB, as the Spot API counts it. */
export const formatMebibytes = (mebibytes: number): string => formatBytes(mebibytes * 1024 ** 2)

/** Processor time given in thousandths of a core: `1.5 vCPU`. */
export const formatMilliCpu = (milliCpu: number): string => `${oneDigit.format(milliCpu / 1000)} vCPU`
