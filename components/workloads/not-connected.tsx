import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/states'

const settingsFor = (clusterId: string) => `KUBECONFIG_FILE=/path/to/kubeconfig\nKUBE_CONTEXTS=${clusterId}=name-of-the-context`

/** Instead of rows when this server may not read the cluster's Kubernetes: what would stand here, and how to get it. */
export const NotConnected = ({ clusterId }: { clusterId: string }) => (
  <EmptyState title="Kubernetes is not connected" className="rounded-lg border border-line bg-surface">
    <p>
      The Spot API does not say which workloads run on a node. With read access to Kubernetes this page lists each one with its replicas, its budget, the nodes it sits on, what stands in its way, and the change that would help. Everything
      else works without it.
    </p>
    <p className="mt-3">
      Give this server a role that may only list, as docs/kubernetes.md describes, and start it with these settings. A context named {clusterId} needs no second line.
    </p>
    <div className="mt-3 flex items-start gap-1 rounded bg-sunken p-3 text-left">
      <pre tabIndex={0} aria-label="Settings" className="min-w-0 flex-1 overflow-x-auto font-mono text-xs text-text">
        {settingsFor(clusterId)}
      </pre>
      <CopyButton text={settingsFor(clusterId)} label="Copy the settings" />
    </div>
  </EmptyState>
)
