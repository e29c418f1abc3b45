import type { TwinNode } from '@/lib/twin/types'
import type { Tracked } from '../ledger/book'
import { metadataOf } from '../meta'
import { ageColumn, nameColumn, plainEntry, shown, type Resource } from '../resource'
import type { View } from '../view'
import { leaseNamespace } from './namespaces'

/** A kubelet renews its lease every ten seconds; here it has always just done so. */
const leaseObject = (view: View, { value: { name, createdAtMs } }: Tracked<TwinNode>) => ({
  metadata: metadataOf(view, { kind: 'Lease', namespace: leaseNamespace, name, version: view.ledger.version(), createdMs: createdAtMs }),
  spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date(view.nowMs).toISOString().replace('Z', '000Z') },
})
type LeaseObject = ReturnType<typeof leaseObject>

export const leases: Resource = {
  group: 'coordination.k8s.io',
  versions: ['v1'],
  plural: 'leases',
  singular: 'lease',
  kind: 'Lease',
  shortNames: [],
  isNamespaced: true,
  fieldNames: [],
  columns: [nameColumn, shown<LeaseObject>('Holder', ({ spec }) => spec.holderIdentity), ageColumn],
  entries: (view) => view.ledger.nodes.list().map((node) => plainEntry(leaseNamespace, node.value.name, () => leaseObject(view, node))),
}
