// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useRowTabIndex } from '@/components/table/active-row'
import type { TableColumn } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import type { DataTableProps } from '@/components/table/data-table-props'

type Row = { name: string; pods: number | null; pool: string }

// jsdom has no layout: without a height the virtual list would draw nothing.
beforeAll(() => {
  for (const [name, value] of [['offsetHeight', 720], ['offsetWidth', 1000], ['clientHeight', 720], ['clientWidth', 1000]] as const)
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value })
  Object.defineProperty(HTMLElement.prototype, 'scrollTo', { configurable: true, value: () => undefined })
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
})
afterEach(cleanup)

const columns: readonly TableColumn<Row>[] = [
  { id: 'name', header: 'Node', width: 200, cell: ({ name }) => name, sortValue: ({ name }) => name, groupCell: ({ id }) => id },
  { id: 'pods', header: 'Pods', width: 80, align: 'end', cell: ({ pods }) => pods ?? '–', sortValue: ({ pods }) => pods },
]
const make = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ name: `node-${index}`, pods: index % 7 === 3 ? null : index, pool: index % 2 ? 'api' : 'web' }))

const rowId = ({ name }: Row) => name
const heldReason = ({ name }: Row) => (name === 'node-2' ? 'Held by ops-1.' : null)

const Harness = (props: Partial<DataTableProps<Row>> & { rows: Row[] | undefined; chosen?: (ids: string[]) => void }) => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { chosen, ...rest } = props
  return (
    <DataTable
      label="Nodes"
      columns={columns}
      rowId={rowId}
      empty={<p>No nodes</p>}
      selection={{
        selected,
        onChange: (next) => {
          setSelected(next)
          chosen?.([...next])
        },
        label: rowId,
        disabledReason: heldReason,
      }}
      {...rest}
    />
  )
}

const dataRows = () => screen.getAllByRole('row').slice(1)
const firstCells = () => dataRows().map((row) => within(row).getAllByRole('gridcell')[1]?.textContent)

describe('the table', () => {
  it('draws only what is looked at and tells screen readers how many rows there are', () => {
    render(<Harness rows={make(10_000)} />)
    expect(dataRows().length).toBeLessThan(60)
    expect(screen.getByRole('grid', { name: 'Nodes' }).getAttribute('aria-rowcount')).toBe('10001')
    expect(dataRows()[0]?.getAttribute('aria-rowindex')).toBe('2')
  })

  it('sorts by a header, rows without a value last in both directions', async () => {
    render(<Harness rows={make(9)} />)
    const header = screen.getByRole('columnheader', { name: 'Pods' })
    await userEvent.click(within(header).getByRole('button'))
    expect(header.getAttribute('aria-sort')).toBe('ascending')
    expect(firstCells()[0]).toBe('node-0')
    expect(firstCells().at(-1)).toBe('node-3')
    await userEvent.click(within(header).getByRole('button'))
    expect(firstCells()[0]).toBe('node-8')
    expect(firstCells().at(-1)).toBe('node-3')
  })

  it('selects a range with shift and leaves out what may not be chosen', async () => {
    let last: string[] = []
    render(<Harness rows={make(6)} chosen={(ids) => (last = ids)} />)
    const user = userEvent.setup()
    await user.click(screen.getByRole('checkbox', { name: 'Select node-0' }))
    await user.keyboard('{Shift>}')
    await user.click(screen.getByRole('checkbox', { name: 'Select node-4' }))
    await user.keyboard('{/Shift}')
    expect(last).toEqual(['node-0', 'node-1', 'node-3', 'node-4'])
    await user.click(screen.getByRole('checkbox', { name: 'Select node-2' }))
    expect(last).not.toContain('node-2')
  })

  it('selects all rows that are listed, not only those in sight', async () => {
    let last: string[] = []
    render(<Harness rows={make(10_000)} chosen={(ids) => (last = ids)} />)
    await userEvent.click(screen.getByRole('checkbox', { name: /^Select all/ }))
    expect(last).toHaveLength(9_999)
  })

  it('makes a link in a row the next stop of Tab while the row is active, and no stop otherwise', async () => {
    const FixLink = ({ name }: Row) => (
      <a href="#fix" tabIndex={useRowTabIndex()}>
        {`Fix ${name}`}
      </a>
    )
    const fix: TableColumn<Row> = { id: 'fix', header: 'Fix', width: 80, cell: (row) => <FixLink {...row} /> }
    render(<Harness rows={make(3)} columns={[...columns, fix]} />)
    const user = userEvent.setup()
    screen.getByRole('grid').focus()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    await user.tab()
    expect(document.activeElement?.textContent).toBe('Fix node-1')
    await user.tab()
    expect(document.activeElement).toBe(document.body)
  })

  it('is worked by arrows, space and enter alone', async () => {
    let last: string[] = []
    const opened: string[] = []
    render(<Harness rows={make(6)} chosen={(ids) => (last = ids)} onOpen={({ name }) => opened.push(name)} />)
    const user = userEvent.setup()
    const grid = screen.getByRole('grid')
    grid.focus()
    await user.keyboard('{ArrowDown}{ArrowDown} {Shift>}{ArrowDown}{ArrowDown}{/Shift}{Enter}')
    expect(last).toEqual(['node-1', 'node-3'])
    expect(opened).toEqual(['node-3'])
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
    expect(active?.textContent).toContain('node-3')
  })

  it('extends a selection from the line that was left, not from one that was ticked long before', async () => {
    let last: string[] = []
    render(<Harness rows={make(9)} chosen={(ids) => (last = ids)} />)
    const user = userEvent.setup()
    screen.getByRole('grid').focus()
    await user.keyboard('{ArrowDown}{Shift>}{ArrowDown}{/Shift}')
    expect(last, 'the first one selects the line left as well').toEqual(['node-0', 'node-1'])
    await user.keyboard('{ArrowUp} {Shift>}{ArrowDown}{/Shift}')
    expect(last, 'after a tick was taken away the range is cleared').toEqual([])
    await user.keyboard('{End}{Shift>}{ArrowUp}{ArrowUp}{/Shift}')
    expect(last).toEqual(['node-7', 'node-8', 'node-6'])
    await user.click(screen.getByRole('checkbox', { name: 'Select node-3' }))
    await user.keyboard('{Shift>}{PageUp}{/Shift}')
    expect(last.toSorted(), 'a row that cannot be chosen is passed over').toEqual(['node-0', 'node-1', 'node-3', 'node-6', 'node-7', 'node-8'])
  })

  it('keeps focus, active row and selection when rows are read again', async () => {
    const { rerender } = render(<Harness rows={make(6)} />)
    const user = userEvent.setup()
    screen.getByRole('grid').focus()
    await user.keyboard('{ArrowDown}{ArrowDown} ')
    rerender(<Harness rows={make(6).slice(1)} isRefetching />)
    expect(document.activeElement).toBe(screen.getByRole('grid'))
    expect(screen.getByRole('checkbox', { name: 'Select node-1' }).getAttribute('aria-checked')).toBe('true')
    expect(document.getElementById(screen.getByRole('grid').getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('node-1')
  })

  it('gives a group one box of three states and opens it by key', async () => {
    const open = new Set<string>()
    const group = { of: ({ pool }: Row) => pool, isOpen: (id: string) => open.has(id), onToggle: (id: string) => void open.add(id), label: (id: string) => `pool ${id}` }
    render(<Harness rows={make(6)} group={group} />)
    const user = userEvent.setup()
    await user.click(screen.getByRole('checkbox', { name: 'Select pool api' }))
    expect(screen.getByRole('checkbox', { name: 'Select pool api' }).getAttribute('aria-checked')).toBe('true')
    expect(screen.getByRole('checkbox', { name: 'Select pool web' }).getAttribute('aria-checked')).toBe('false')
    expect(screen.getByRole('checkbox', { name: /^Select all/ }).getAttribute('aria-checked')).toBe('mixed')
    await user.keyboard('{ArrowRight}')
    expect([...open]).toEqual(['api'])
  })

  it('says what is wrong and keeps the last rows', () => {
    const error = { title: 'Spot cannot be reached', detail: 'Nothing answered.', requestId: 'req-1' }
    const { rerender } = render(<Harness rows={make(2)} error={error} />)
    expect(screen.getByRole('note').textContent).toContain('Nothing answered.')
    expect(dataRows()).toHaveLength(2)
    rerender(<Harness rows={undefined} error={error} onRetry={() => undefined} />)
    expect(screen.getByRole('alert').textContent).toContain('req-1')
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  })

  it('tells loading and empty apart', () => {
    const { rerender } = render(<Harness rows={undefined} />)
    expect(screen.getByText('Loading')).toBeTruthy()
    rerender(<Harness rows={[]} />)
    expect(screen.getByText('No nodes')).toBeTruthy()
  })
})

describe('on a narrow screen', () => {
  const wide = window.matchMedia
  beforeEach(() => {
    window.matchMedia = () => Object.assign(new EventTarget(), { matches: true }) as unknown as MediaQueryList
  })
  afterEach(() => {
    window.matchMedia = wide
  })
  const [name, pods] = columns as [TableColumn<Row>, TableColumn<Row>]
  const headers = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent).filter(Boolean)

  it('shows the columns that are meant for it, and all of them when asked', async () => {
    render(<Harness rows={make(3)} columns={[{ ...name, narrowWidth: 120 }, pods]} />)
    expect(headers()).toEqual(['Node'])
    expect(screen.getByText('1 of 2 columns')).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Show all columns' }))
    expect(headers()).toEqual(['Node', 'Pods'])
    await userEvent.click(screen.getByRole('button', { name: 'Show the main columns' }))
    expect(headers()).toEqual(['Node'])
  })

  it('shows all of them where none is meant for it', () => {
    render(<Harness rows={make(3)} />)
    expect(headers()).toEqual(['Node', 'Pods'])
  })
})
