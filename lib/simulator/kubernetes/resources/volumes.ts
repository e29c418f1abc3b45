import type { Claim } from '../ledger/claims'
import { metadataOf } from '../meta'
import { ageColumn, inOrder, nameColumn, plainEntry, shown, wide, type Resource } from '../resource'
import type { View } from '../view'
import { claimReference, classOf, held, isBound, modesText, volumeNameOf } from './claims'

const isLocal = ({ workload, nodeName }: Claim) => classOf(workload) === 'local-storage' && nodeName !== null

const term = (key: string, value: string) => ({ key, operator: 'In', values: [value] })

/** Where a pod with this volume can run: on one node, or in one zone. */
const affinityOf = (claim: Claim) => {
  const { zone, nodeName } = claim
  const matchExpressions = isLocal(claim) ? [term('kubernetes.io/hostname', nodeName ?? '')] : zone === null ? [] : [term('topology.kubernetes.io/zone', zone)]
  return matchExpressions.length === 0 ? {} : { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } }
}

const sourceOf = (view: View, claim: Claim) => {
  const name = volumeNameOf(view, claim)
  return isLocal(claim) ? { local: { path: `/mnt/disks/${name}` } } : { csi: { driver: 'disk.csi.azure.com', volumeHandle: name, fsType: 'ext4' } }
}

const volumeObject = (view: View, claim: Claim) => ({
  metadata: {
    ...metadataOf(view, { kind: 'PersistentVolume', name: volumeNameOf(view, claim), version: view.ledger.versionOf(claim.workload.id), createdMs: claim.createdMs }),
    finalizers: ['kubernetes.io/pv-protection'],
  },
  spec: {
    ...held,
    ...sourceOf(view, claim),
    ...affinityOf(claim),
    claimRef: claimReference(view, claim),
    persistentVolumeReclaimPolicy: 'Delete',
    storageClassName: classOf(claim.workload),
    volumeMode: 'Filesystem',
  },
  status: { phase: 'Bound' },
})
type VolumeObject = ReturnType<typeof volumeObject>

export const persistentVolumes: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  kind: 'PersistentVolume',
  shortNames: ['pv'],
  isNamespaced: false,
  fieldNames: [],
  columns: [
    nameColumn,
    shown<VolumeObject>('Capacity', ({ spec }) => spec.capacity.storage),
    shown('Access Modes', () => modesText(true)),
    shown<VolumeObject>('Reclaim Policy', ({ spec }) => spec.persistentVolumeReclaimPolicy),
    shown<VolumeObject>('Status', ({ status }) => status.phase),
    shown<VolumeObject>('Claim', ({ spec }) => `${spec.claimRef.namespace}/${spec.claimRef.name}`),
    shown<VolumeObject>('StorageClass', ({ spec }) => spec.storageClassName),
    shown('VolumeAttributesClass', () => '<unset>'),
    shown('Reason', () => ''),
    ageColumn,
    wide<VolumeObject>('VolumeMode', ({ spec }) => spec.volumeMode),
  ],
  entries: (view) =>
    inOrder(
      view.ledger
        .claims()
        .filter(isBound)
        .map((claim) => plainEntry('', volumeNameOf(view, claim), () => volumeObject(view, claim))),
    ),
}
