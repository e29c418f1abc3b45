import type { Finding, Readiness } from './finding'
import { findingRules } from './rules'

/** The finding that tells why a node is in its state: of a held one the hold, else the first blocker, else what stands first. */
export const chiefFinding = (readiness: Readiness, findings: readonly Finding[]): Finding | undefined => {
  const hold = readiness === 'held' ? findings.find(({ id }) => findingRules[id].effect === 'holds') : undefined
  return hold ?? findings.find(({ severity }) => severity === 'blocker') ?? findings[0]
}
