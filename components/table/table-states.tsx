import { Skeleton } from '@/components/ui/skeleton'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { TableColumn } from './column'

const skeletonRows = 12

/** Grey rows of the real height while nothing is known yet. */
export const TableSkeleton = <Row,>({ columns, template, hasSelection }: { columns: readonly TableColumn<Row>[]; template: string; hasSelection: boolean }) => (
  <div role="rowgroup">
    <VisuallyHidden>Loading</VisuallyHidden>
    {Array.from({ length: skeletonRows }, (_, row) => (
      <div key={row} aria-hidden className="grid h-9 items-center border-b border-line" style={{ gridTemplateColumns: template }}>
        {hasSelection ? <span /> : null}
        {columns.map(({ id }, column) => (
          <span key={id} className="px-3">
            <Skeleton className={(row + column) % 3 === 0 ? 'w-3/4' : 'w-1/2'} />
          </span>
        ))}
      </div>
    ))}
  </div>
)
