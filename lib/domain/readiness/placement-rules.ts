import { listed } from '@/lib/format/plural'
import type { KubeConstraints, KubePod, KubeResources } from '../kube-facts'
import { sizeFit } from '../matching/allowed-sizes'
import { noZone, zoneKey } from '../matching/own-keys'
import type { FindingId } from './finding'
import { createFit, untolerated } from './fit'
import { fullName, type KubeIndex } from './kube-index'
import { servesVolume, type Landing } from './landing'

type Spoken = { id: FindingId; detail: string }

/** What the groups as a whole answer to pods of equal constraints. */
type Outlook = { spoken: Spoken[]; open: Landing[] }

const sizeText = ({ milliCpu, memoryMiB, gpu }: KubeResources) =>
  listed([`${milliCpu / 1000} vCPU`, `${Math.round((memoryMiB / 1024) * 10) / 10} GiB`, ...(gpu > 0 ? [`${gpu} GPU`] : [])])

const judge = (constraints: KubeConstraints, landings: readonly Landing[]): Outlook => {
  const fit = createFit(constraints)
  const open = landings.filter((landing) => fit(landing).fit !== 'no')
  if (open.length === 0) {
    const [first] = landings
    return { open, spoken: [{ id: 'fits-no-vng', detail: (first && fit(first).obstacle) ?? 'there is none' }] }
  }
  return judgeSizes(constraints.requests, open)
}

const judgeSizes = (requests: KubeResources, open: readonly Landing[]): Outlook => {
  let isKnown = false
  const large = open.filter(({ allowed }) => {
    const size = sizeFit(requests, allowed)
    isKnown ||= size === 'yes'
    return size !== 'no'
  })
  if (isKnown) return { open: large, spoken: [] }
  return { open: large, spoken: [{ id: large.length === 0 ? 'requests-too-large' : 'size-unknown', detail: sizeText(requests) }] }
}

const pinnedZones = (pod: KubePod, { claims }: KubeIndex): string[][] =>
  pod.volumes.flatMap((volume) => {
    const zones = volume.kind === 'claim' ? claims.get(`${pod.namespace}/${volume.claimName}`)?.zones : null
    return zones === null || zones === undefined || zones.length === 0 ? [] : [zones]
  })

const volumeHits = (pod: KubePod, index: KubeIndex, open: readonly Landing[]): Spoken[] => {
  if (open.length === 0) return []
  const unserved = pinnedZones(pod, index).find((zones) => !open.some((landing) => servesVolume(landing, zones)))
  if (unserved === undefined) return []
  return unserved.every((zone) => zoneKey(zone) === noZone) ? [{ id: 'volume-no-zone', detail: '' }] : [{ id: 'volume-zone', detail: unserved.join(', ') }]
}

/**
 * Where pods could go. `landings` are all groups and the template; answers are kept per constraints object,
 * so that the cost grows with distinct constraints times groups.
 */
export const createPlacementRule = (index: KubeIndex, landings: readonly Landing[]) => {
  const outlooks = new Map<KubeConstraints, Outlook>()
  const keptAway = new Map<Landing, Map<KubeConstraints, string>>()

  const outlookOf = (constraints: KubeConstraints): Outlook => {
    const known = outlooks.get(constraints)
    if (known !== undefined) return known
    const outlook = judge(constraints, landings)
    outlooks.set(constraints, outlook)
    return outlook
  }
  const obstacleAt = (constraints: KubeConstraints, landing: Landing): string => {
    if (landing.taints.length === 0) return ''
    const answers = keptAway.get(landing) ?? new Map<KubeConstraints, string>()
    keptAway.set(landing, answers)
    const known = answers.get(constraints) ?? untolerated(constraints, landing).join(', ')
    answers.set(constraints, known)
    return known
  }

  return {
    /** What stands in the way of one pod; `landing` is where its node falls to, null where that is not known. */
    ofPod: (pod: KubePod, landing: Landing | null): Spoken[] => {
      const { spoken, open } = outlookOf(pod.constraints)
      const taints = landing === null || open.length === 0 ? '' : obstacleAt(pod.constraints, landing)
      if (taints === '' && pod.volumes.length === 0) return spoken
      return [...spoken, ...volumeHits(pod, index, open), ...(taints === '' ? [] : [{ id: 'taint-not-tolerated' as const, detail: `${landing?.name} has ${taints}` }])]
    },
    /** Whether new nodes of a landing take a pod. */
    isTaken: (pod: KubePod, landing: Landing): boolean =>
      outlookOf(pod.constraints).open.includes(landing) && (pod.volumes.length === 0 || pinnedZones(pod, index).every((zones) => servesVolume(landing, zones))),
    /** Why a DaemonSet's pod will have no successor on new nodes of the landing, or null. Needs the set's own template. */
    ofDaemonSet: ({ namespace, owner }: KubePod, landing: Landing): Spoken | null => {
      const name = fullName({ namespace, name: owner?.name ?? '' })
      const constraints = index.daemonSets.get(name)?.template.constraints
      if (constraints === undefined) return null
      const { fit, obstacle } = createFit(constraints)(landing)
      return fit === 'no' ? { id: 'daemonset-stays', detail: `${name} (${obstacle})` } : null
    },
  }
}
