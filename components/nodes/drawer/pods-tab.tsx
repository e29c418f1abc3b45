import { Findings } from '@/components/domain/findings'
import { Name } from '@/components/ui/name'
import type { NodeDetail, NodePod } from '@/lib/contract/node-detail'
import type { KubeKind } from '@/lib/domain/kube-facts'
import type { Finding } from '@/lib/domain/readiness/finding'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { placeText } from './landing'

type Unread = ReadonlySet<KubeKind>

const budgetWords = ({ pdbs }: NodePod, unread: Unread): string =>
  unread.has('pdbs') ? 'PDB not read' : pdbs.length === 0 ? 'no PDB' : pdbs.map(({ name, disruptionsAllowed }) => `PDB ${visibleText(name)} allows ${disruptionsAllowed} now`).join(', ')

const ownerWords = ({ owner, isMoved }: NodePod): string => {
  if (owner === null) return 'stand-alone'
  return `${owner.kind} ${visibleText(owner.name)}${isMoved ? '' : ', stays with the node'}`
}

const landingWords = ({ landing }: NodePod, unread: Unread): string =>
  landing === null ? '' : `, would go to ${placeText(landing)}${unread.has('claims') && !landing.isCertain ? ' (volumes not read)' : ''}`

const Pod = ({ pod, findings, unread }: { pod: NodePod; findings: readonly Finding[]; unread: Unread }) => (
  <li className="border-b border-line py-2 last:border-0">
    <Name className="block truncate">{`${pod.namespace}/${pod.name}`}</Name>
    <p className="text-xs text-text-2">
      {ownerWords(pod)}, {pod.isReady ? 'ready' : 'not ready'}, {budgetWords(pod, unread)}
      {landingWords(pod, unread)}
    </p>
    {pod.findings.length === 0 ? null : <Findings findings={pod.findings.flatMap((index) => findings[index] ?? [])} isShort />}
  </li>
)

/** The node's pods with what each means for the move. */
export const PodsTab = ({ detail: { pods, findings, runningPods } }: { detail: NodeDetail }) => {
  if (pods === null)
    return (
      <p className="text-text-2">
        {runningPods === null ? 'Spot does not say how many pods run here.' : `Spot counts ${counted(runningPods, 'pod')}.`} Owners, budgets, volumes and tolerations are not read: Kubernetes is not connected.
      </p>
    )
  if ('problem' in pods) return <p className="text-text-2">Not read. {pods.problem}</p>
  if (pods.items.length === 0) return <p className="text-text-2">No pods run on this node.</p>
  const unread = new Set(pods.unread)
  return (
    <ul>
      {pods.items.map((pod) => (
        <Pod key={`${pod.namespace}/${pod.name}`} pod={pod} findings={findings} unread={unread} />
      ))}
    </ul>
  )
}
