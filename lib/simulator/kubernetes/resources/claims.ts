import type { Workload } from '@/lib/twin/types'
import type { Claim } from '../ledger/claims'
import { metadataOf, uidOf } from '../meta'
import { ageColumn, inOrder, nameColumn, plainEntry, shown, wide, type Resource } from '../resource'
import type { View } from '../view'

const sizeText = '32Gi'
const accessModes = ['ReadWriteOnce']

/** Disks of AKS lie in a zone, volumes of this class on one node. */
export const classOf = ({ localData }: Workload): 'managed-csi' | 'local-storage' => (localData === 'localVolume' ? 'local-storage' : 'managed-csi')

export const claimSpec = (workload: Workload) => ({ accessModes, resources: { requests: { storage: sizeText } }, storageClassName: classOf(workload), volumeMode: 'Filesystem' })

const claimUid = ({ clusterId }: View, { namespace, name }: Claim) => uidOf(clusterId, 'PersistentVolumeClaim', namespace, name, '')

export const volumeNameOf = (view: View, claim: Claim): string => `pvc-${claimUid(view, claim)}`

/** A volume is made where the first pod is placed; until then the claim waits. */
export const isBound = ({ zone, nodeName }: Claim): boolean => zone !== null || nodeName !== null

export const claimReference = (view: View, claim: Claim) => ({ kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace: claim.namespace, name: claim.name, uid: claimUid(view, claim) })

export const held = { accessModes, capacity: { storage: sizeText } }

const claimObject = (view: View, claim: Claim) => {
  const { namespace, name, workload, createdMs } = claim
  return {
    metadata: {
      ...metadataOf(view, { kind: 'PersistentVolumeClaim', namespace, name, version: view.ledger.versionOf(workload.id), createdMs }),
      labels: workload.labels,
      finalizers: ['kubernetes.io/pvc-protection'],
    },
    spec: { ...claimSpec(workload), ...(isBound(claim) ? { volumeName: volumeNameOf(view, claim) } : {}) },
    status: isBound(claim) ? { phase: 'Bound', ...held } : { phase: 'Pending' },
  }
}
type ClaimObject = ReturnType<typeof claimObject>

/** kubectl's short words for access modes. */
export const modesText = (isHeld: boolean): string => (isHeld ? 'RWO' : '')

export const persistentVolumeClaims: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  kind: 'PersistentVolumeClaim',
  shortNames: ['pvc'],
  isNamespaced: true,
  fieldNames: [],
  columns: [
    nameColumn,
    shown<ClaimObject>('Status', ({ status }) => status.phase),
    shown<ClaimObject>('Volume', ({ spec }) => spec.volumeName ?? ''),
    shown<ClaimObject>('Capacity', ({ status }) => ('capacity' in status ? sizeText : '')),
    shown<ClaimObject>('Access Modes', ({ status }) => modesText('capacity' in status)),
    shown<ClaimObject>('StorageClass', ({ spec }) => spec.storageClassName),
    shown('VolumeAttributesClass', () => '<unset>'),
    ageColumn,
    wide<ClaimObject>('VolumeMode', ({ spec }) => spec.volumeMode),
  ],
  entries: (view) => inOrder(view.ledger.claims().map((claim) => plainEntry(claim.namespace, claim.name, () => claimObject(view, claim)))),
}
