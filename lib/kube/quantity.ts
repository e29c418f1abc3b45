import 'server-only'

const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity (`250m`, `1.5Gi`, `2e3`) as a plain number; what cannot be read counts as nothing. */
export const quantity = (text: string | number | undefined): number => {
  if (text === undefined) return 0
  const parts = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(text))
  const value = Number(parts?.[1]) * (factors[parts?.[2] ?? ''] ?? Number.NaN)
  return Number.isFinite(value) ? value : 0
}
