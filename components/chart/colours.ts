/** Colours of axes, grids and series, as the CSS variables that both themes set. */
export const chartColours = {
  axis: 'var(--text-3)',
  grid: 'var(--line)',
  accent: 'var(--accent)',
  accentSoft: 'var(--accent-soft)',
} as const
