const moves: Record<string, (index: number, last: number, page: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, _last, page) => index + page,
  PageUp: (index, _last, page) => index - page,
  Home: () => 0,
  End: (_index, last) => last,
}

/** Where a key takes the active line, or null when the key is not one that moves it. */
export const moveTo = (key: string, index: number, count: number, page: number): number | null => {
  const move = moves[key]
  if (move === undefined || count === 0) return null
  return Math.min(count - 1, Math.max(0, move(index, count - 1, page)))
}
