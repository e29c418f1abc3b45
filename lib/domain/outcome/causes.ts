/**
 * The seven ways a migration fails, as the vendor writes them to the log (Ocean AKS, Troubleshoot workload
 * migration). The beginnings differ between clouds ("has failed", "has stopped"), so the tails are matched.
 */
export type FailureCause = { id: string; tail: string; also?: string; sentence: string; remedy: string; place: CausePlace }

/** Where a person finds or mends what stands behind a cause. */
export type CausePlace = 'leftovers' | 'cluster' | 'groups' | 'migrate' | 'workloads'

const causes: readonly FailureCause[] = [
  {
    id: 'terminate-on-stop',
    tail: 'failure to terminate old nodes',
    also: 'stop process',
    sentence: 'The run was stopped, but old nodes could not be deleted.',
    remedy: 'Check that Spot’s Azure role may delete virtual machine scale set instances, then delete the drained nodes by hand.',
    place: 'leftovers',
  },
  {
    id: 'uncordon-on-stop',
    tail: 'failure to reschedule old nodes',
    sentence: 'The run was stopped, but old nodes could not be made schedulable again.',
    remedy: 'Find nodes that are still cordoned with kubectl get nodes and free each with kubectl uncordon.',
    place: 'leftovers',
  },
  {
    id: 'connectivity',
    tail: 'connectivity issues',
    sentence: 'Spot lost contact with the controller in the cluster.',
    remedy: 'Check that the Ocean controller runs in the cluster, that only one version of it is installed, and that its token and cluster identifier are right.',
    place: 'cluster',
  },
  {
    id: 'no-capacity',
    tail: 'inability to spin up enough new nodes',
    sentence: 'Not enough new nodes could be started.',
    remedy: 'Check that every node matches a virtual node group, the node and cluster limits, the allowed VM sizes, and the Azure quota.',
    place: 'groups',
  },
  {
    id: 'timeout',
    tail: 'technical timeout',
    sentence: 'The run took longer than Spot allows.',
    remedy: 'Split the selection: fewer nodes, or one pool at a time.',
    place: 'migrate',
  },
  {
    id: 'pods-unscheduled',
    tail: 'failure to schedule pods',
    sentence: 'Pods could not be scheduled on the new nodes.',
    remedy: 'Look at the pending pods with kubectl get pods --field-selector status.phase=Pending -A, and hold deployments while a run is on.',
    place: 'workloads',
  },
  {
    id: 'terminate',
    tail: 'failure to terminate old nodes',
    sentence: 'Old nodes could not be deleted.',
    remedy: 'Check that Spot’s Azure role may delete virtual machine scale set instances.',
    place: 'leftovers',
  },
]

/** The cause that a log line names, or null when it is none of the documented ones. */
export const causeOf = (message: string): FailureCause | null => {
  const text = message.toLowerCase()
  return causes.find(({ tail, also }) => text.includes(tail) && (also === undefined || text.includes(also))) ?? null
}

/** The documented causes that a run's log names, each once. */
export const causesOf = (log: readonly { message: string }[]): FailureCause[] => [...new Map(log.flatMap(({ message }) => causeOf(message) ?? []).map((cause) => [cause.id, cause])).values()]
