import { Card } from '@/components/ui/card'
import { Status, type StatusName } from '@/components/ui/status'
import { zoneNames } from '@/lib/domain/matching/own-keys'
import type { CapacityRow, CapacityVerdict } from '@/lib/domain/plan/capacity'
import { formatCount } from '@/lib/format/numbers'
import { counted, listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { NameList } from './name-list'
import { PlanLine } from './plan-line'
import type { Plan } from './use-plan'

const looks: Record<CapacityVerdict, { status: StatusName; word: string }> = {
  fits: { status: 'ready', word: 'Fits' },
  tight: { status: 'warning', word: 'Tight' },
  'does-not-fit': { status: 'failed', word: 'Does not fit' },
  unknown: { status: 'unknown', word: 'Unknown' },
}

const number = (value: number | null) => (value === null ? '–' : formatCount(value))

const headers = ['Now', 'One for one', 'At least', 'Limit'] as const

const Row = ({ row }: { row: CapacityRow }) => {
  const { status, word } = looks[row.verdict]
  const cells = [number(row.now), number(row.alike), number(row.least), row.id === 'default' ? 'the cluster’s' : row.limit === null ? 'none known' : formatCount(row.limit)]
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        <bdi>{visibleText(row.place)}</bdi>, {row.unit}
      </th>
      <td className="py-1.5 pr-3">
        <Status name={status}>{word}</Status>
      </td>
      {cells.map((cell, index) => (
        <td key={headers[index]} className="py-1.5 pr-3 text-right tabular-nums last:pr-0">
          {cell}
        </td>
      ))}
    </tr>
  )
}

const Gaps = ({ capacity: { zoneGaps, sizeGaps } }: { capacity: NonNullable<Plan['capacity']> }) =>
  zoneGaps.length + sizeGaps.length === 0 ? null : (
    <ul className="mt-2 divide-y divide-line">
      {zoneGaps.map(({ place, zones, nodes }) => (
        <PlanLine key={`zone ${place}`} status="warning">
          {counted(nodes.length, 'node')} {nodes.length === 1 ? 'is' : 'are'} outside the zones of <bdi>{visibleText(place)}</bdi> ({listed(zoneNames(zones))}): replacements come up in those.
          <NameList title="Which" names={nodes} />
        </PlanLine>
      ))}
      {sizeGaps.map(({ place, limit, nodes }) => (
        <PlanLine key={`size ${place}`} status="warning">
          {limit === null ? (
            <>
              No VM size passes the filters of <bdi>{visibleText(place)}</bdi>: no replacement for {counted(nodes.length, 'node')} comes up there.
            </>
          ) : (
            <>
              What runs on {counted(nodes.length, 'node')} asks for more than one node of <bdi>{visibleText(place)}</bdi> may have ({limit}): it is spread over several.
            </>
          )}
          <NameList title="Which" names={nodes} />
        </PlanLine>
      ))}
    </ul>
  )

/** What moves against the limits it meets, in numbers. */
export const Room = ({ plan: { capacity, effects, extras } }: { plan: Plan }) => (
  <Card title="Room" aside="for what moves">
    {capacity === null ? (
      <p className="text-text-2">{extras.isReading ? 'Being read.' : 'Could not be read; it is tried again by itself.'}</p>
    ) : (
      <>
        <div className="overflow-x-auto" role="region" aria-label="Limits" tabIndex={0}>
          <table className="w-full whitespace-nowrap">
            <thead className="text-xs text-text-2">
              <tr>
                <th scope="col" className="pb-1 pr-3 text-left font-medium">
                  Place
                </th>
                <th scope="col" className="pb-1 pr-3 text-left font-medium">
                  Verdict
                </th>
                {headers.map((header) => (
                  <th key={header} scope="col" className="pb-1 pr-3 text-right font-medium last:pr-0">
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {capacity.rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
        <Gaps capacity={capacity} />
        <p className="mt-2 text-xs text-text-2">
          One for one: each node is replaced by one like it. At least: what the requests need, {effects.moved === null ? 'as Spot counts them' : 'summed over the pods that move'}. Tight: more than one for one would take, but not more than the requests. Azure’s quota is not in this API.
        </p>
      </>
    )}
  </Card>
)
