/** An Azure size without its fixed prefix: `Standard_D8s_v5` becomes `D8s_v5`. */
export const shortVmSize = (vmSize: string): string => vmSize.replace(/^Standard_/i, '')

/** The zone's own number where the region stands before it: `westeurope-1` becomes `1`. */
export const shortZone = (zone: string): string => /-(\d+)$/.exec(zone)?.[1] ?? zone
