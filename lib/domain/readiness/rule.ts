import type { Severity } from './finding'

/**
 * What a finding does to readiness. `blocks`: no choice of options lets the node move. `opens`: a fact that
 * decides is missing or too old. The `depends-` three wait for an option of Create Migration that is not
 * chosen yet. `holds`: a person keeps the node out.
 */
export type Effect = 'none' | 'opens' | 'blocks' | 'holds' | 'depends-on-pdb' | 'depends-on-rsd' | 'depends-on-standalone'

export type FindingSubject = 'node' | 'pod' | 'workload' | 'PDB' | 'VNG' | 'cluster'

export type Rule = {
  severity: Severity
  effect: Effect
  subject: FindingSubject
  /** What must be read for the rule to speak. */
  needs: 'spot' | 'kubernetes'
  /** `{detail}` and `{pods}` take the words of the case at hand. */
  sentence: string
  remedy: string
  /** The document that the rule comes from. */
  source: string
}
