import { findingIds, type FindingId } from '@/lib/domain/readiness/finding'

/** Short names of the findings, for filters. The sentence itself stands in the row. */
const findingNames: Record<FindingId, string> = {
  'held-by-person': 'Held by a person',
  'system-pool': 'System pool',
  'no-vng-match': 'No VNG match',
  'match-not-said': 'Match not said',
  'match-disagrees': 'Match disagrees',
  'vng-unknown': 'Unknown VNG',
  'template-not-empty': 'Template not empty',
  'vng-adds-taint': 'VNG adds taint',
  'isolation-lost': 'Isolation lost',
  'vng-full': 'VNG full',
  'vng-limit': 'VNG limit',
  'cluster-full': 'Cluster limit reached',
  'cluster-limit': 'Cluster limit',
  'no-zone': 'No zone',
  'zone-not-served': 'Zone not served',
  'version-unsupported': 'Version unsupported',
  'node-not-ready': 'Node not ready',
  'node-not-reported': 'Node not reported',
  'node-cordoned': 'Node cordoned',
  'controller-stale': 'Controller silent',
  'controller-unknown': 'Heartbeat not read',
  'facts-stale': 'Facts too old',
  'kubernetes-not-read': 'Kubernetes not read',
  'pdb-allows-none': 'PDB allows none',
  'pdb-overdrawn': 'PDB overdrawn',
  'two-pdbs': 'Two PDBs',
  'unready-behind-pdb': 'Unready behind PDB',
  'standalone-pod': 'Stand-alone pod',
  'single-replica': 'Single replica',
  'local-data': 'Local data',
  'local-volume': 'Local volume',
  'volume-zone': 'Volume zone',
  'requests-too-large': 'Requests too large',
  'size-unknown': 'Size not known',
  'fits-no-vng': 'Fits no VNG',
  'taint-not-tolerated': 'Taint not tolerated',
  'lands-elsewhere': 'Lands elsewhere',
  'no-spot-toleration': 'No spot toleration',
  'spot-affinity-required': 'Spot affinity required',
  'restrict-scale-down': 'Restrict scale down',
  'not-safe-to-evict': 'Not safe to evict',
  'do-not-disrupt': 'Do not disrupt',
  'daemonset-stays': 'DaemonSet stays',
  'pending-pods': 'Pending pods',
}

const isFindingId = (value: string): value is FindingId => (findingIds as readonly string[]).includes(value)

/** The short name of a finding; an id that this build does not know stays as it is. */
export const findingName = (id: string): string => (isFindingId(id) ? findingNames[id] : id)
