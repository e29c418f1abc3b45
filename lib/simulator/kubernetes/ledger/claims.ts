import type { Pod, TwinMs, Workload } from '@/lib/twin/types'

/** A claim to a volume. It outlives the pod that uses it. */
export type Claim = {
  namespace: string
  name: string
  workload: Workload
  /** Null until its first pod has a place: the volume is made there. */
  zone: string | null
  /** Where a local volume lies. */
  nodeName: string | null
  createdMs: TwinMs
}

export const hasClaim = ({ hasVolumes, localData }: Workload): boolean => hasVolumes || localData === 'localVolume'

/** A StatefulSet makes a claim for each of its pods; the pods of anything else share one. */
export const claimNameOf = (workload: Workload, podName: string): string => `data-${workload.kind === 'StatefulSet' ? podName : workload.name}`

/** The claims of all pods that have been seen. */
export const createClaims = () => {
  const claims = new Map<string, Claim>()
  return {
    all: (): Claim[] => [...claims.values()],
    see: (pod: Pod, workload: Workload): void => {
      if (!hasClaim(workload)) return
      const name = claimNameOf(workload, pod.name)
      const key = `${pod.namespace}/${name}`
      const known = claims.get(key)
      claims.set(key, {
        namespace: pod.namespace,
        name,
        workload,
        zone: known?.zone ?? pod.volumeZone,
        nodeName: pod.nodeName ?? known?.nodeName ?? null,
        createdMs: known?.createdMs ?? pod.createdAtMs,
      })
    },
  }
}
