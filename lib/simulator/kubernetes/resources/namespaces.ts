import { metadataOf } from '../meta'
import { ageColumn, inOrder, nameColumn, plainEntry, shown, type Resource } from '../resource'
import type { View } from '../view'

export const leaseNamespace = 'kube-node-lease'
/** Those that every cluster has. */
const builtIn = ['default', 'kube-system', 'kube-public', leaseNamespace]

const namespaceObject = (view: View, name: string) => ({
  metadata: {
    ...metadataOf(view, { kind: 'Namespace', name, version: view.ledger.versionOf(''), createdMs: view.state.cluster.createdAtMs }),
    labels: { 'kubernetes.io/metadata.name': name },
  },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
})
type NamespaceObject = ReturnType<typeof namespaceObject>

export const namespaces: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'namespaces',
  singular: 'namespace',
  kind: 'Namespace',
  shortNames: ['ns'],
  isNamespaced: false,
  fieldNames: ['status.phase'],
  columns: [nameColumn, shown<NamespaceObject>('Status', ({ status }) => status.phase), ageColumn],
  entries: (view) => {
    const { workloads, pdbs } = view.state
    const names = new Set([...builtIn, ...[...workloads.values(), ...pdbs.values()].map(({ namespace }) => namespace)])
    return inOrder([...names].map((name) => plainEntry('', name, () => namespaceObject(view, name), { 'status.phase': 'Active' })))
  },
}
