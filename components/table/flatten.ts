/** A line of the table: a group's own row, or one of the rows under it. */
export type Line<Row> =
  | { kind: 'group'; id: string; group: RowGroup<Row> }
  | { kind: 'row'; id: string; row: Row; groupId: string | null }

export type RowGroup<Row> = { id: string; rows: Row[] }

/** Collects rows by group, groups in the order in which their first row stands. */
export const groupRows = <Row>(rows: readonly Row[], groupOf: (row: Row) => string): RowGroup<Row>[] => {
  const groups = new Map<string, RowGroup<Row>>()
  for (const row of rows) {
    const id = groupOf(row)
    const group = groups.get(id)
    if (group) group.rows.push(row)
    else groups.set(id, { id, rows: [row] })
  }
  return [...groups.values()]
}

/** Line ids of groups are kept apart from those of rows: a pool may be named like a node. */
export const groupLineId = (groupId: string): string => `group:${groupId}`

/** The lines to draw, from sorted rows: with groups, those of closed groups are left out. */
export const flatten = <Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  groupOf: ((row: Row) => string) | null,
  isOpen: (groupId: string) => boolean,
): Line<Row>[] => {
  if (groupOf === null) return rows.map((row) => ({ kind: 'row', id: rowId(row), row, groupId: null }))
  return groupRows(rows, groupOf).flatMap((group): Line<Row>[] => [
    { kind: 'group', id: groupLineId(group.id), group },
    ...(isOpen(group.id)
      ? group.rows.map((row): Line<Row> => ({ kind: 'row', id: rowId(row), row, groupId: group.id }))
      : []),
  ])
}
