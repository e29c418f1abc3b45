import type { TableColumn } from '@/components/table/column'
import { NameCell } from '@/components/table/name-cell'
import { Name } from '@/components/ui/name'
import { Status, type StatusName } from '@/components/ui/status'
import { Time } from '@/components/ui/time'
import { shortZone } from '@/lib/format/azure'
import { formatCount, formatMebibytes, formatMilliCpu } from '@/lib/format/numbers'
import { visibleText } from '@/lib/format/safe-text'
import type { SpotNode } from '@/lib/spot/schemas/node'
import { labelTexts, sharePercent } from './node-text'
import { ShareCell } from './share-cell'

type Column = TableColumn<SpotNode>

const Dash = () => <span className="text-text-3">–</span>
const Text = ({ value }: { value: string | null }) =>
  value === null || value === '' ? (
    <Dash />
  ) : (
    <span className="truncate" title={visibleText(value)}>
      {visibleText(value)}
    </span>
  )

const text = (id: string, header: string, width: number, of: (node: SpotNode) => string | null): Column => ({ id, header, width, sortValue: of, cell: (node) => <Text value={of(node)} /> })
const name = (id: string, header: string, width: number, of: (node: SpotNode) => string | null): Column => ({
  id,
  header,
  width,
  sortValue: of,
  cell: (node) => {
    const value = of(node)
    return value === null ? <Dash /> : <Name className="text-text-2">{value}</Name>
  },
})
const amount = (id: string, header: string, width: number, of: (node: SpotNode) => number | null, format: (value: number) => string): Column => ({
  id,
  header,
  width,
  align: 'end',
  sortValue: of,
  cell: (node) => {
    const value = of(node)
    return value === null ? <Dash /> : format(value)
  },
})
const list = (id: string, header: string, of: (node: SpotNode) => string[]): Column => ({
  id,
  header,
  width: 280,
  cell: (node) => {
    const items = of(node)
    return items.length === 0 ? <Dash /> : <Name className="text-text-2">{items.join(', ')}</Name>
  },
})

/** Ready is told as text by the API: TRUE, FALSE or UNKNOWN. */
const readyLooks: Record<string, { status: StatusName; word: string }> = {
  TRUE: { status: 'ready', word: 'Ready' },
  FALSE: { status: 'failed', word: 'Not ready' },
  UNKNOWN: { status: 'unknown', word: 'Unknown' },
}

const Ready = ({ status }: { status: string | null }) => {
  if (status === null) return <Dash />
  const look = readyLooks[status.toUpperCase()] ?? { status: 'unknown' as const, word: visibleText(status) }
  return <Status name={look.status}>{look.word}</Status>
}

const createdMs = ({ createdAt }: SpotNode): number | null => {
  const ms = createdAt === null ? Number.NaN : Date.parse(createdAt)
  return Number.isNaN(ms) ? null : ms
}

const Created = ({ node }: { node: SpotNode }) => {
  const atMs = createdMs(node)
  return atMs === null ? <Text value={node.createdAt} /> : <Time atMs={atMs} isFocusable={false} />
}

/** Every field of Get Cluster Nodes. */
export const inventoryColumns: readonly Column[] = [
  { id: 'name', header: 'Node', width: 250, narrowWidth: 200, canHide: false, sortValue: ({ nodeName }) => nodeName, cell: ({ nodeName }) => <NameCell name={nodeName} /> },
  name('pool', 'Pool', 100, ({ nodePoolName }) => nodePoolName),
  {
    id: 'vng',
    header: 'Virtual node group',
    width: 150,
    sortValue: ({ virtualNodeGroupName, virtualNodeGroupId }) => virtualNodeGroupName ?? virtualNodeGroupId,
    cell: ({ virtualNodeGroupName, virtualNodeGroupId }) =>
      virtualNodeGroupId === null ? <span className="text-text-3">not managed</span> : virtualNodeGroupName === null ? <Name>{virtualNodeGroupId}</Name> : <Text value={virtualNodeGroupName} />,
  },
  { id: 'ready', header: 'Kubernetes', width: 110, narrowWidth: 110, sortValue: ({ nodeStatus }) => nodeStatus, cell: ({ nodeStatus }) => <Ready status={nodeStatus} /> },
  text('lifecycle', 'Lifecycle', 100, ({ lifeCycle }) => lifeCycle),
  name('size', 'Size', 150, ({ vmSize }) => vmSize),
  text('zone', 'Zone', 70, ({ availabilityZone }) => (availabilityZone === null ? null : shortZone(availabilityZone))),
  {
    id: 'cpu',
    header: 'CPU requested',
    width: 220,
    sortValue: ({ workloadRequestedMilliCpu, allocatableMilliCpu }) => sharePercent(workloadRequestedMilliCpu, allocatableMilliCpu),
    cell: (node) => <ShareCell label="CPU" requested={node.workloadRequestedMilliCpu} allocatable={node.allocatableMilliCpu} format={formatMilliCpu} />,
  },
  {
    id: 'memory',
    header: 'Memory requested',
    width: 220,
    sortValue: ({ workloadRequestedMemoryInMiB, allocatableMemoryInMiB }) => sharePercent(workloadRequestedMemoryInMiB, allocatableMemoryInMiB),
    cell: (node) => <ShareCell label="Memory" requested={node.workloadRequestedMemoryInMiB} allocatable={node.allocatableMemoryInMiB} format={formatMebibytes} />,
  },
  {
    id: 'gpu',
    header: 'GPU requested',
    width: 200,
    sortValue: ({ workloadRequestedGpu, allocatableGpu }) => sharePercent(workloadRequestedGpu, allocatableGpu),
    cell: (node) => <ShareCell label="GPU" requested={node.workloadRequestedGpu} allocatable={node.allocatableGpu} format={formatCount} />,
  },
  amount('headroomCpu', 'Headroom CPU', 120, ({ headroomRequestedMilliCpu }) => headroomRequestedMilliCpu, formatMilliCpu),
  amount('headroomMemory', 'Headroom memory', 140, ({ headroomRequestedMemoryInMiB }) => headroomRequestedMemoryInMiB, formatMebibytes),
  amount('headroomGpu', 'Headroom GPU', 120, ({ headroomRequestedGpu }) => headroomRequestedGpu, formatCount),
  { id: 'created', header: 'Created', width: 110, sortValue: createdMs, cell: (node) => <Created node={node} /> },
  text('commitment', 'Commitment', 120, ({ commitmentType }) => commitmentType),
  text('registration', 'Registration', 120, ({ registrationStatus }) => registrationStatus),
  text('os', 'System', 100, ({ operatingSystem }) => operatingSystem),
  text('arch', 'Architecture', 110, ({ architecture }) => architecture),
  text('image', 'Image', 200, ({ osImage }) => osImage),
  name('ip', 'IP address', 120, ({ ipAddress }) => ipAddress),
  name('id', 'Node id', 240, ({ nodeId }) => nodeId),
  list('labels', 'Labels', labelTexts),
  list('taints', 'Taints', ({ taints }) => taints),
]
