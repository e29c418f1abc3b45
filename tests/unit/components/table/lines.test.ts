import { describe, expect, it } from 'vitest'
import { ariaSort, nextSort, tracksOf } from '@/components/table/column'
import { flatten } from '@/components/table/flatten'
import { moveTo } from '@/components/table/move'

const rows = [
  { id: 'n1', pool: 'web' },
  { id: 'n2', pool: 'api' },
  { id: 'n3', pool: 'web' },
]
const rowId = (row: { id: string }) => row.id
const poolOf = (row: { pool: string }) => row.pool

describe('lines', () => {
  it('stand under their group, groups in the order of their first row', () => {
    const lines = flatten(rows, rowId, poolOf, () => true)
    expect(lines.map(({ id }) => id)).toEqual(['group:web', 'n1', 'n3', 'group:api', 'n2'])
  })

  it('of a closed group are left out, and counted in it all the same', () => {
    const lines = flatten(rows, rowId, poolOf, (pool) => pool === 'api')
    expect(lines.map(({ id }) => id)).toEqual(['group:web', 'group:api', 'n2'])
    expect(lines[0]).toMatchObject({ group: { rows: [{ id: 'n1' }, { id: 'n3' }] } })
  })

  it('keep a pool apart from a node of the same name', () => {
    const lines = flatten([{ id: 'web', pool: 'web' }], rowId, poolOf, () => true)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(2)
  })

  it('are the rows alone without groups', () => {
    expect(flatten(rows, rowId, null, () => true).map(({ id }) => id)).toEqual(['n1', 'n2', 'n3'])
  })
})

describe('a header', () => {
  it('goes up, down and back to the given order', () => {
    const up = nextSort(null, 'pods')
    const down = nextSort(up, 'pods')
    expect([ariaSort(up, 'pods'), ariaSort(down, 'pods'), nextSort(down, 'pods')]).toEqual(['ascending', 'descending', null])
    expect(nextSort(down, 'name')).toEqual({ columnId: 'name', isDescending: false })
  })

  it('keeps the least width of every column', () => {
    const columns = [{ id: 'a', header: 'A', width: 200, cell: () => null }, { id: 'b', header: 'B', width: 80, cell: () => null }]
    expect(tracksOf(columns, true)).toEqual({ template: '40px minmax(200px, 200fr) minmax(80px, 80fr)', minWidthPx: 320 })
  })

  it('gives a column the part of the rest that it asks for', () => {
    expect(tracksOf([{ id: 'a', header: 'A', width: 200, cell: () => null }, { id: 'b', header: 'B', width: 80, share: 600, cell: () => null }], false).template).toBe('minmax(200px, 200fr) minmax(80px, 600fr)')
  })
})

describe('keys', () => {
  it('never leave the table', () => {
    expect(moveTo('ArrowUp', 0, 5, 3)).toBe(0)
    expect(moveTo('PageDown', 3, 5, 3)).toBe(4)
    expect(moveTo('End', 0, 5, 3)).toBe(4)
    expect(moveTo('ArrowDown', -1, 5, 3)).toBe(0)
  })

  it('that mean nothing here are left to the browser', () => {
    expect(moveTo('Tab', 0, 5, 3)).toBeNull()
    expect(moveTo('ArrowDown', -1, 0, 3)).toBeNull()
  })
})
