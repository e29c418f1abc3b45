import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { Tooltip } from '@/components/ui/tooltip'
import type { ReadinessAnswer } from '@/lib/contract/readiness'

const firstProblem = (parts: ReadinessAnswer['kubernetes']['parts']) => parts.find(({ problem }) => problem !== null)?.problem ?? null

/** Whether the facts of Kubernetes are among what the page shows, and how old they are. */
export const KubernetesMark = ({ kubernetes, isFailed = false }: { kubernetes: ReadinessAnswer['kubernetes'] | undefined; isFailed?: boolean }) => {
  if (kubernetes === undefined) return <Badge tone="outline">{isFailed ? 'Kubernetes: no answer' : 'Kubernetes: reading'}</Badge>
  const { isConnected, parts } = kubernetes
  if (!isConnected) return <Badge tone="outline">Kubernetes: not connected</Badge>
  const problem = firstProblem(parts)
  const failed = parts.filter((part) => part.problem !== null).length
  const readAtMs = Math.min(...parts.flatMap((part) => part.readAtMs ?? []))
  if (problem === null)
    return (
      <Badge tone="outline">
        Kubernetes: read <Time atMs={readAtMs} />
      </Badge>
    )
  return (
    <Tooltip content={`${problem.sentence} ${problem.remedy}`}>
      <span tabIndex={0}>
        <Badge tone="outline">{failed === parts.length ? 'Kubernetes: not read' : `Kubernetes: ${failed} of ${parts.length} kinds not read`}</Badge>
      </span>
    </Tooltip>
  )
}
