'use client'

import { useId, useState, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { useIsPaper } from '@/components/ui/paper'
import { StatusGlyph, type StatusName } from '@/components/ui/status'

export type LegendItem = { id: string; label: string; status?: StatusName; swatch?: string; value?: string }

type ChartFrameProps = {
  title: string
  /** Beside the title. */
  aside?: ReactNode
  /** The chart in one or two sentences, for those who do not see it. */
  summary: string
  /** The same figures as a table; opened by a button. */
  table?: { columns: readonly string[]; rows: readonly (readonly string[])[] }
  heightPx: number
  /** The children are a list that scrolls in the frame: on paper it is as high as they are. */
  isList?: boolean
  isLoading?: boolean
  /** Set when there is nothing to draw: what will stand here. */
  empty?: string | null
  legend?: readonly LegendItem[]
  className?: string
  children: ReactNode
}

const Legend = ({ items }: { items: readonly LegendItem[] }) => (
  <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-text-2">
    {items.map(({ id, label, status, swatch, value }) => (
      <li key={id} className="flex items-center gap-1.5">
        {status ? <StatusGlyph name={status} /> : <span aria-hidden className={cn('size-2.5 rounded-sm', swatch)} />}
        {value === undefined ? null : <strong className="font-semibold text-text">{value}</strong>}
        {label}
      </li>
    ))}
  </ul>
)

const FiguresTable = ({ title, columns, rows }: { title: string } & NonNullable<ChartFrameProps['table']>) => (
  <table className="w-full text-xs">
    <caption className="sr-only">{title}</caption>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col" className="border-b border-line px-2 py-1 text-left font-medium text-text-2">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, index) => (
        <tr key={index}>
          {row.map((cell, column) => (
            <td key={columns[column]} className="border-b border-line px-2 py-1">
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

/** The frame of a chart: title, figures for everyone, legend, and a place of fixed height that never jumps. */
export const ChartFrame = ({ title, aside, summary, table, heightPx, isList, isLoading, empty, legend, className, children }: ChartFrameProps) => {
  const [isTable, setTable] = useState(false)
  const summaryId = useId()
  const isPaper = useIsPaper()
  return (
    <section aria-label={title} className={cn('min-w-0 break-inside-avoid rounded-lg border border-line bg-surface p-4', className)}>
      <div className="mb-3 flex flex-wrap items-baseline gap-x-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside ? <div className="text-text-2">{aside}</div> : null}
        {table ? (
          <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)} className="ml-auto text-xs text-accent hover:underline print:hidden">
            {isTable ? 'As chart' : 'As table'}
          </button>
        ) : null}
      </div>
      <p id={summaryId} className="sr-only">
        {summary}
      </p>
      <div style={isList && isPaper ? undefined : { height: heightPx }} className={cn(isTable && 'overflow-y-auto', isList && 'print:h-auto!')}>
        {isLoading ? <span aria-hidden className="block h-full animate-pulse rounded bg-sunken" /> : null}
        {!isLoading && empty ? <p className="flex h-full items-center justify-center text-text-3">{empty}</p> : null}
        {!isLoading && !empty && isTable && table ? <FiguresTable title={title} {...table} /> : null}
        {!isLoading && !empty && !isTable ? (
          <div role="figure" aria-label={title} aria-describedby={summaryId} className="h-full">
            {children}
          </div>
        ) : null}
      </div>
      {legend ? <Legend items={legend} /> : null}
    </section>
  )
}
