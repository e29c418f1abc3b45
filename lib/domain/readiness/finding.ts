import { z } from 'zod'

export const severities = ['blocker', 'warning', 'note'] as const
export type Severity = (typeof severities)[number]

/** The closed list of rules. Each has one entry in `rules.ts`. */
export const findingIds = [
  'held-by-person',
  'system-pool',
  'no-vng-match',
  'match-not-said',
  'probably-no-match',
  'match-disagrees',
  'vng-unknown',
  'template-not-empty',
  'template-judged',
  'vng-adds-taint',
  'isolation-lost',
  'vng-full',
  'vng-limit',
  'cluster-full',
  'cluster-limit',
  'no-zone',
  'zone-not-served',
  'architecture-differs',
  'version-unsupported',
  'node-not-ready',
  'node-not-reported',
  'node-cordoned',
  'controller-stale',
  'controller-inactive',
  'controller-unknown',
  'facts-stale',
  'spot-not-read',
  'kubernetes-not-read',
  'pdb-allows-none',
  'pdb-overdrawn',
  'two-pdbs',
  'unready-behind-pdb',
  'standalone-pod',
  'single-replica',
  'local-data',
  'local-volume',
  'volume-zone',
  'volume-no-zone',
  'requests-too-large',
  'size-unknown',
  'fits-no-vng',
  'taint-not-tolerated',
  'lands-elsewhere',
  'no-spot-toleration',
  'spot-affinity-required',
  'restrict-scale-down',
  'not-safe-to-evict',
  'do-not-disrupt',
  'daemonset-stays',
  'pending-pods',
] as const
export type FindingId = (typeof findingIds)[number]

/** One reason, with its severity and the remedy that stands next to it. */
export const finding = z.object({
  id: z.enum(findingIds),
  severity: z.enum(severities),
  sentence: z.string(),
  remedy: z.string(),
})
export type Finding = z.infer<typeof finding>

export const readinessStates = ['ready', 'needs-validation', 'unable', 'held'] as const
export type Readiness = (typeof readinessStates)[number]
