import type { ReactNode } from 'react'
import type { TableColumn } from '@/components/table/column'
import { NumberCell } from '@/components/table/number-cell'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Meter } from '@/components/ui/meter'
import { Name } from '@/components/ui/name'
import { shortVmSize, shortZone } from '@/lib/format/azure'
import type { VngSpec } from '@/lib/spot/schemas/vng'
import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { visibleText } from '@/lib/format/safe-text'
import { heldOf, labelList, limitsText, sizesText, taintList, type VngRow } from './vng-rows'

/** What a group leaves open comes from the template; what the template leaves open, from Spot. */
const Inherited = ({ kind }: Pick<VngRow, 'kind'>) => <span className="text-text-2">{kind === 'group' ? 'from template' : 'not set'}</span>

const Or = ({ row, children }: { row: VngRow; children: ReactNode }) => (children === null ? <Inherited kind={row.kind} /> : children)

/** Labels or taints. Where the template's hold this stands first: it would be cut off behind them. */
const Texts = ({ row, list }: { row: VngRow; list: (spec: VngSpec) => string[] | null }) => {
  const held = heldOf(row, list)
  if (held === null) return <span className="text-text-2">none</span>
  return (
    <span className="truncate text-text-2">
      {held.isInherited ? 'template: ' : null}
      <Name>{held.value.join(', ')}</Name>
    </span>
  )
}

const spotText = ({ spec: { strategy } }: VngRow): string | null => (strategy?.spotPercentage == null ? null : `${strategy.spotPercentage} %`)

const fallbackText = ({ spec: { strategy } }: VngRow): string | null => (strategy?.fallbackToOd == null ? null : strategy.fallbackToOd ? 'On demand' : 'Wait for spot')

const timeoutText = ({ spec: { strategy } }: VngRow): string | null => {
  const seconds = strategy?.drainingTimeout ?? null
  return seconds === null ? null : formatDuration(seconds * 1000)
}

const GroupName = ({ row: { id, kind, name } }: { row: VngRow }) =>
  kind === 'template' ? (
    <>
      <span className="font-medium">Default</span>
      <Badge tone="outline">template</Badge>
    </>
  ) : (
    <>
      <span className="truncate font-medium max-sm:max-w-full max-sm:shrink-0">{visibleText(name)}</span>
      <Name className="text-text-2">{id}</Name>
      <CopyButton text={id} label={`Copy ${id}`} tabIndex={-1} />
    </>
  )

const fullness = (nodes: number, most: number): 'accent' | 'skipped' | 'failed' => (nodes >= most ? 'failed' : nodes >= most * 0.9 ? 'skipped' : 'accent')

/** How many nodes run, of how many at most. */
const Use = ({ row: { name, running, spec } }: { row: VngRow }) => {
  const most = spec.nodeCountLimits.maxCount
  if (running === null) return <span className="text-text-2">not read</span>
  if (most === null) return <NumberCell value={running.nodes} />
  const text = `${formatCount(running.nodes)} of ${formatCount(most)}`
  return (
    <span className="flex items-center gap-2">
      <Meter label={`Nodes of ${name}`} value={running.nodes} max={Math.max(most, 1)} text={text} tone={fullness(running.nodes, most)} />
      <span className="tabular-nums">{text}</span>
    </span>
  )
}

const marketText = ({ running }: VngRow): string | null => (running === null || running.nodes === 0 ? null : `${formatCount(running.spot)} spot, ${formatCount(running.onDemand)} on demand`)

/** The virtual node groups. */
export const vngColumns: readonly TableColumn<VngRow>[] = [
  { id: 'name', header: 'Virtual node group', width: 212, narrowWidth: 180, canHide: false, sortValue: ({ name }) => name, cell: (row) => <GroupName row={row} /> },
  { id: 'running', header: 'Nodes now', width: 140, narrowWidth: 140, sortValue: ({ running }) => running?.nodes ?? null, cell: (row) => <Use row={row} /> },
  { id: 'market', header: 'Spot, on demand', width: 150, sortValue: ({ running }) => running?.spot ?? null, cell: (row) => marketText(row) ?? <span className="text-text-2">–</span> },
  { id: 'wouldTake', header: 'Would take', width: 110, align: 'end', sortValue: ({ wouldTake }) => wouldTake, cell: ({ wouldTake }) => <NumberCell value={wouldTake} /> },
  { id: 'zones', header: 'Zones', width: 76, cell: (row) => <Or row={row}>{row.spec.availabilityZones?.map(shortZone).join(', ') ?? null}</Or> },
  { id: 'sizes', header: 'Sizes', width: 114, cell: (row) => <Or row={row}>{sizesText(row.spec, shortVmSize)}</Or> },
  { id: 'labels', header: 'Labels', width: 140, cell: (row) => <Texts row={row} list={labelList} /> },
  { id: 'taints', header: 'Taints', width: 146, cell: (row) => <Texts row={row} list={taintList} /> },
  { id: 'spot', header: 'Spot share', width: 106, align: 'end', sortValue: ({ spec }) => spec.strategy?.spotPercentage ?? null, cell: (row) => <Or row={row}>{spotText(row)}</Or> },
]

/** What the table has no room for, for the details. */
export const moreFacts = (row: VngRow): { name: string; value: ReactNode }[] => [
  { name: 'Nodes allowed', value: <Or row={row}>{limitsText(row.spec, formatCount)}</Or> },
  { name: 'When there is no spot', value: <Or row={row}>{fallbackText(row)}</Or> },
  { name: 'Draining timeout', value: <Or row={row}>{timeoutText(row)}</Or> },
]
