import type { Finding, FindingId, Severity } from './finding'

type Rule = {
  severity: Severity
  /** True when no choice of options lets the node move. */
  isBlocking: boolean
  /** True when a fact that decides is missing or too old. */
  isOpen: boolean
  sentence: string
  remedy: string
  /** The document that the rule comes from. */
  source: string
}

/** Every rule there is. A sentence in braces takes the words of the node at hand. */
export const findingRules: Record<FindingId, Rule> = {
  'no-vng-match': {
    severity: 'blocker',
    isBlocking: true,
    isOpen: false,
    sentence: 'No VNG carries {detail}.',
    remedy: 'Create a virtual node group with these labels and taints, or add them to one.',
    source: 'Spot API, Get Migration Discovery',
  },
  'match-not-said': {
    severity: 'warning',
    isBlocking: false,
    isOpen: true,
    sentence: 'Spot did not say which virtual node group the node matches.',
    remedy: 'Compare the node’s labels and taints with the virtual node groups before you migrate it.',
    source: 'Spot API, Get Migration Discovery',
  },
  'vng-unknown': {
    severity: 'warning',
    isBlocking: false,
    isOpen: true,
    sentence: 'Spot named a virtual node group that its own list does not show{detail}.',
    remedy: 'Read the page again; if it stays, check that the group was not deleted.',
    source: 'Spot API, List Virtual Node Groups',
  },
  'node-not-ready': {
    severity: 'blocker',
    isBlocking: true,
    isOpen: false,
    sentence: 'The node is not ready in Kubernetes.',
    remedy: 'Repair or delete the node first: pods on a node that does not report cannot be drained in order.',
    source: 'Spot API, Get Cluster Nodes',
  },
  'node-not-reported': {
    severity: 'warning',
    isBlocking: false,
    isOpen: true,
    sentence: 'Spot’s list of nodes does not say whether the node is ready.',
    remedy: 'Read the page again; the controller reports every few seconds.',
    source: 'Spot API, Get Cluster Nodes',
  },
  'system-pool': {
    severity: 'blocker',
    isBlocking: true,
    isOpen: false,
    sentence: 'The node belongs to a system pool, which Ocean never manages.',
    remedy: 'Leave it where it is.',
    source: 'Ocean AKS, Workload migration',
  },
  'controller-stale': {
    severity: 'warning',
    isBlocking: false,
    isOpen: true,
    sentence: 'The Ocean controller has not reported for more than five minutes.',
    remedy: 'Check the controller in the cluster: without it a migration fails for lack of contact.',
    source: 'Spot API, Get Controller Heartbeat',
  },
  'controller-unknown': {
    severity: 'note',
    isBlocking: false,
    isOpen: false,
    sentence: 'The heartbeat of the Ocean controller was not read.',
    remedy: 'Check the controller in the cluster before you launch.',
    source: 'Spot API, Get Controller Heartbeat',
  },
}

/** The finding of a rule, in the words of one node. */
export const findingOf = (id: FindingId, detail = ''): Finding => {
  const { severity, sentence, remedy } = findingRules[id]
  return { id, severity, sentence: sentence.replace('{detail}', detail), remedy }
}
