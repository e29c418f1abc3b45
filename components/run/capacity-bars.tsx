import { Name } from '@/components/ui/name'
import { cn } from '@/components/ui/cn'
import { statusLook, type StatusName } from '@/components/ui/status'
import { visibleText } from '@/lib/format/safe-text'
import { groupWords, sizeOf, type CapacityGroup } from './capacity-shape'

const parts = [
  ['up', 'moved'],
  ['partial', 'skipped'],
  ['failed', 'failed'],
  ['unknown', 'unknown'],
  ['scaling', 'moving'],
] as const satisfies readonly (readonly [keyof CapacityGroup, StatusName])[]

/** Stands for pools that failed without a node: there is no length to draw. */
const failedMark = <span className={cn('h-full w-1.5 shrink-0', statusLook.failed.fill)} />

/** New nodes by virtual node group, one bar each, all on one scale. */
export const CapacityBars = ({ groups, isOver }: { groups: readonly CapacityGroup[]; isOver: boolean }) => {
  const most = Math.max(1, ...groups.map(sizeOf))
  return (
    <ul tabIndex={0} aria-label="New capacity by virtual node group" className="h-full overflow-y-auto">
      {groups.map((group) => (
        <li key={group.id} className="py-1">
          <div className="flex items-baseline justify-between gap-3">
            <span className="flex min-w-0 items-baseline gap-1.5">
              <span className="truncate">{visibleText(group.name)}</span>
              {group.vngId !== null && group.vngId !== group.name ? <Name className="text-text-3">{group.vngId}</Name> : null}
            </span>
            <span className="shrink-0 text-xs text-text-2">{groupWords(group, isOver)}</span>
          </div>
          <div aria-hidden className="mt-1 h-2 rounded-full bg-sunken">
            <div className="flex h-full gap-px overflow-hidden rounded-full" style={{ width: `${(sizeOf(group) / most) * 100}%`, minWidth: 'min-content' }}>
              {parts.map(([key, status]) =>
                group[key] > 0 ? <span key={key} className={cn('h-full', statusLook[status].fill)} style={{ flexGrow: group[key], flexBasis: 0 }} /> : null,
              )}
              {group.emptyPools.failed > 0 ? failedMark : null}
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}
