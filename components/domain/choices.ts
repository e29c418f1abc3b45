export type Choice = { value: string; count: number }

/** What a filter offers: every value that occurs, with how often, most first. */
export const choicesOf = <Row>(rows: readonly Row[], valuesOf: (row: Row) => readonly string[]): Choice[] => {
  const counts = new Map<string, number>()
  for (const row of rows) for (const value of valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
