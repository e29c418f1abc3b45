import { MatchBadge, ReadinessBadge, readyWords } from '@/components/domain/badges'
import type { TableColumn } from '@/components/table/column'
import { CopyCell } from '@/components/table/copy-cell'
import { NameCell } from '@/components/table/name-cell'
import { NumberCell } from '@/components/table/number-cell'
import { Name } from '@/components/ui/name'
import { Status } from '@/components/ui/status'
import { chiefFinding } from '@/lib/domain/readiness/chief'
import { shortVmSize, shortZone } from '@/lib/format/azure'
import { counted, listed } from '@/lib/format/plural'
import { FixLink } from './fix-link'
import { summarise } from './group'
import type { IndexedNode } from './node-index'
import { groupWord, matchWords } from './words'

const muted = 'truncate text-text-2'

const zonesText = (zones: readonly string[]): string => (zones.length === 0 ? '–' : zones.length === 1 ? `zone ${zones.map(shortZone).join('')}` : zones.map(shortZone).join(', '))

const chiefReason = ({ readiness, reasons, isSpotOnly }: IndexedNode): string | undefined => (readiness === 'ready' ? readyWords(isSpotOnly, reasons) : chiefFinding(readiness, reasons)?.sentence)

const groupReadyWords = (nodes: readonly IndexedNode[]): string => {
  const noted = nodes.filter(({ reasons }) => reasons.length > 0).length
  return `${readyWords(nodes.some(({ isSpotOnly }) => isSpotOnly))}${noted === 0 ? '' : `, ${noted} with findings`}`
}

const GroupReadiness = ({ nodes }: { nodes: readonly IndexedNode[] }) => {
  const { worst, chief } = summarise(nodes)
  if (chief === null) return <Status name="ready">{groupReadyWords(nodes)}</Status>
  const share = chief.count === nodes.length ? '' : `${chief.count} of ${nodes.length}: `
  return (
    <>
      <span title={`${chief.finding.sentence} ${chief.finding.remedy}`} className="flex min-w-0">
        <Status name={worst}>{`${share}${chief.finding.sentence}`}</Status>
      </span>
      <FixLink nodes={nodes} />
    </>
  )
}

const GroupMatch = ({ nodes }: { nodes: readonly IndexedNode[] }) => {
  const { matches } = summarise(nodes)
  const [only] = matches
  if (matches.length === 1 && only) return <MatchBadge match={only} />
  return <span className={muted}>{counted(matches.length, 'different match', 'different matches')}</span>
}

/** Pools and groups are names; matches and findings that are none are words. */
const GroupName = ({ id }: { id: string }) => {
  const word = matchWords[id] ?? groupWord('finding', id)
  return word === id ? <Name className="font-medium">{id}</Name> : <span className="font-medium">{word}</span>
}

const reasonTitle = ({ reasons }: IndexedNode) => reasons.map(({ sentence, remedy }) => `${sentence} ${remedy}`).join('\n')

/** The nodes table. */
export const nodeColumns: readonly TableColumn<IndexedNode>[] = [
  {
    id: 'node',
    header: 'Node',
    width: 296,
    narrowWidth: 176,
    canHide: false,
    sortValue: ({ nodeName }) => nodeName,
    cell: ({ nodeName }) => <NameCell name={nodeName} />,
    groupCell: ({ id }) => <GroupName id={id} />,
  },
  { id: 'count', header: 'Nodes', width: 64, align: 'end', cell: () => <span className="text-text-3">1</span>, groupCell: ({ rows }) => <strong className="font-semibold">{rows.length.toLocaleString('en-GB')}</strong> },
  {
    id: 'pods',
    header: 'Pods',
    width: 68,
    align: 'end',
    sortValue: ({ runningPods }) => runningPods,
    cell: ({ runningPods }) => <NumberCell value={runningPods} />,
    groupCell: ({ rows }) => (
      <strong className="font-semibold">
        <NumberCell value={summarise(rows).pods} />
      </strong>
    ),
  },
  { id: 'pool', header: 'Pool', width: 100, sortValue: ({ poolName }) => poolName, cell: ({ poolName }) => <Name className="text-text-2">{poolName}</Name>, groupCell: () => null },
  {
    id: 'match',
    header: 'VNG match',
    width: 172,
    sortValue: ({ match, matchKey }) => (match.kind === 'vng' ? (match.vngName ?? matchKey) : matchWords[matchKey] ?? matchKey),
    cell: ({ match }) =>
      match.kind === 'vng' ? (
        <CopyCell text={match.vngId}>
          <MatchBadge match={match} />
        </CopyCell>
      ) : (
        <MatchBadge match={match} />
      ),
    groupCell: ({ rows }) => <GroupMatch nodes={rows} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: 84,
    sortValue: ({ vmSize }) => vmSize,
    cell: ({ vmSize }) => <Name className="text-text-2">{vmSize === null ? '–' : shortVmSize(vmSize)}</Name>,
    groupCell: ({ rows }) => <span className={muted}>{listed(summarise(rows).sizes.map(shortVmSize)) || '–'}</span>,
  },
  {
    id: 'zone',
    header: 'Zone',
    width: 76,
    sortValue: ({ zone }) => zone,
    cell: ({ zone }) => <span className={muted}>{zone === null ? '–' : `zone ${shortZone(zone)}`}</span>,
    groupCell: ({ rows }) => <span className={muted}>{zonesText(summarise(rows).zones)}</span>,
  },
  {
    id: 'readiness',
    header: 'Readiness',
    width: 230,
    share: 700,
    narrowWidth: 124,
    sortValue: ({ readiness }) => readiness,
    cell: (node) => (
      <>
        <span className="flex min-w-0" title={reasonTitle(node)}>
          <ReadinessBadge readiness={node.readiness} sentence={chiefReason(node)} />
        </span>
        <FixLink nodes={[node]} />
      </>
    ),
    groupCell: ({ rows }) => <GroupReadiness nodes={rows} />,
  },
]
