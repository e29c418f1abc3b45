import { FactList } from '@/components/ui/fact-list'
import { Meter } from '@/components/ui/meter'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { formatCount } from '@/lib/format/numbers'

type Reported = NonNullable<NodeDetail['reported']>

const rows = [
  { name: 'CPU', unit: 'vCPU', of: (node: Reported) => [node.workloadRequestedMilliCpu, node.headroomRequestedMilliCpu, node.allocatableMilliCpu], scale: 1000 },
  { name: 'Memory', unit: 'GiB', of: (node: Reported) => [node.workloadRequestedMemoryInMiB, node.headroomRequestedMemoryInMiB, node.allocatableMemoryInMiB], scale: 1024 },
  { name: 'GPU', unit: 'GPU', of: (node: Reported) => [node.workloadRequestedGpu, node.headroomRequestedGpu, node.allocatableGpu], scale: 1 },
] as const

const amount = (value: number, scale: number) => formatCount(Math.round((value / scale) * 10) / 10)

const Use = ({ name, unit, values: [requested, headroom, allocatable], scale }: { name: string; unit: string; values: readonly (number | null)[]; scale: number }) => {
  if (requested == null || allocatable == null) return <span className="text-text-2">not said</span>
  const text = `${amount(requested, scale)} of ${amount(allocatable, scale)} ${unit} requested`
  return (
    <>
      <Meter label={`${name} requested`} value={requested} max={allocatable} text={text} className="mr-2 w-24" />
      <span>{text}</span>
      {headroom ? <span className="text-text-2">, {amount(headroom, scale)} kept as headroom</span> : null}
    </>
  )
}

/** What is requested against what the node can give. */
export const CapacityTab = ({ detail: { reported } }: { detail: NodeDetail }) => {
  if (reported === null) return <p className="text-text-2">Get Cluster Nodes does not list this node, so its capacity is not known.</p>
  const shown = rows.filter(({ name, of }) => name !== 'GPU' || (of(reported)[2] ?? 0) > 0)
  return <FactList facts={shown.map(({ name, unit, of, scale }) => ({ name, value: <Use name={name} unit={unit} values={of(reported)} scale={scale} /> }))} />
}
