import type { ReactNode } from 'react'
import type { TableColumn } from '@/components/table/column'
import { NumberCell } from '@/components/table/number-cell'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Name } from '@/components/ui/name'
import { shortZone } from '@/lib/format/azure'
import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { visibleText } from '@/lib/format/safe-text'
import { labelList, limitsText, taintList, type VngRow } from './vng-rows'

/** What a group leaves open comes from the template; what the template leaves open, from Spot. */
const Inherited = ({ kind }: Pick<VngRow, 'kind'>) => <span className="text-text-3">{kind === 'group' ? 'from template' : 'not set'}</span>

const Or = ({ row, children }: { row: VngRow; children: ReactNode }) => (children === null ? <Inherited kind={row.kind} /> : children)

const Texts = ({ texts }: { texts: readonly string[] }) => (texts.length === 0 ? <span className="text-text-3">none</span> : <Name className="text-text-2">{texts.join(', ')}</Name>)

const spotText = ({ spec: { strategy } }: VngRow): string | null => {
  if (strategy === null || strategy.spotPercentage === null) return null
  return `${strategy.spotPercentage} %${strategy.fallbackToOd === true ? ', else on demand' : ''}`
}

const timeoutText = ({ spec: { strategy } }: VngRow): string | null => {
  const seconds = strategy?.drainingTimeout ?? null
  return seconds === null ? null : formatDuration(seconds * 1000)
}

const GroupName = ({ row: { id, kind, name } }: { row: VngRow }) =>
  kind === 'template' ? (
    <>
      <span className="font-medium">Template</span>
      <Badge tone="outline">what groups inherit</Badge>
    </>
  ) : (
    <>
      <span className="truncate font-medium">{visibleText(name)}</span>
      <Name className="text-text-3">{id}</Name>
      <CopyButton text={id} label={`Copy ${id}`} tabIndex={-1} />
    </>
  )

/** The virtual node groups. */
export const vngColumns: readonly TableColumn<VngRow>[] = [
  { id: 'name', header: 'Virtual node group', width: 260, canHide: false, sortValue: ({ name }) => name, cell: (row) => <GroupName row={row} /> },
  {
    id: 'running',
    header: 'Running',
    width: 90,
    align: 'end',
    sortValue: ({ running }) => running,
    cell: ({ kind, running }) => (kind === 'template' ? <span className="text-text-3">–</span> : <NumberCell value={running} />),
  },
  { id: 'limits', header: 'Nodes allowed', width: 130, sortValue: ({ spec }) => spec.nodeCountLimits.maxCount, cell: (row) => <Or row={row}>{limitsText(row.spec, formatCount)}</Or> },
  { id: 'zones', header: 'Zones', width: 110, cell: (row) => <Or row={row}>{row.spec.availabilityZones?.map(shortZone).join(', ') ?? null}</Or> },
  { id: 'labels', header: 'Labels', width: 240, cell: ({ spec }) => <Texts texts={labelList(spec)} /> },
  { id: 'taints', header: 'Taints', width: 200, cell: ({ spec }) => <Texts texts={taintList(spec)} /> },
  { id: 'spot', header: 'Spot', width: 160, sortValue: ({ spec }) => spec.strategy?.spotPercentage ?? null, cell: (row) => <Or row={row}>{spotText(row)}</Or> },
  { id: 'draining', header: 'Draining timeout', width: 140, sortValue: ({ spec }) => spec.strategy?.drainingTimeout ?? null, cell: (row) => <Or row={row}>{timeoutText(row)}</Or> },
]
