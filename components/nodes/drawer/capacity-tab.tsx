import { FactList } from '@/components/ui/fact-list'
import { Meter } from '@/components/ui/meter'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { formatCount, formatMebibytes, formatMilliCpu } from '@/lib/format/numbers'

type Reported = NonNullable<NodeDetail['reported']>

const rows = [
  { name: 'CPU', of: (node: Reported) => [node.workloadRequestedMilliCpu, node.headroomRequestedMilliCpu, node.allocatableMilliCpu], format: formatMilliCpu },
  { name: 'Memory', of: (node: Reported) => [node.workloadRequestedMemoryInMiB, node.headroomRequestedMemoryInMiB, node.allocatableMemoryInMiB], format: formatMebibytes },
  { name: 'GPU', of: (node: Reported) => [node.workloadRequestedGpu, node.headroomRequestedGpu, node.allocatableGpu], format: formatCount },
] as const

const Use = ({ name, values: [requested, headroom, allocatable], format }: { name: string; values: readonly (number | null)[]; format: (value: number) => string }) => {
  if (requested == null || allocatable == null) return <span className="text-text-2">not said</span>
  const text = `${format(requested)} of ${format(allocatable)} requested`
  return (
    <>
      <Meter label={`${name} requested`} value={requested} max={allocatable} text={text} className="mr-2 w-24" />
      <span>{text}</span>
      {headroom ? <span className="text-text-2">, {format(headroom)} kept as headroom</span> : null}
    </>
  )
}

/** What is requested against what the node can give. */
export const CapacityTab = ({ detail: { reported } }: { detail: NodeDetail }) => {
  if (reported === null) return <p className="text-text-2">Get Cluster Nodes does not list this node, so its capacity is not known.</p>
  const shown = rows.filter(({ name, of }) => name !== 'GPU' || (of(reported)[2] ?? 0) > 0)
  return <FactList facts={shown.map(({ name, of, format }) => ({ name, value: <Use name={name} values={of(reported)} format={format} /> }))} />
}
