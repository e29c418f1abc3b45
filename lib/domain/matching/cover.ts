/** Labels of one distinct kind of node, as pairs of key and value. */
export type LabelSet = Readonly<Record<string, string>>

export type Cover = {
  /** Indexes of the sets given, one list for each group that carries them all. */
  classes: number[][]
  /** No fewer groups can carry all sets. Equal to the number of classes where the cover is known to be smallest. */
  atLeast: number
}

/** Up to so many sets that differ in what matters, the smallest cover is worked out by trying all. */
const exactUpTo = 12

/** Keys for which two sets name different values: only they keep sets apart. */
const contestedKeys = (sets: readonly LabelSet[]): string[] => {
  const first = new Map<string, string>()
  const contested = new Set<string>()
  for (const set of sets) for (const [key, value] of Object.entries(set)) if ((first.get(key) ?? value) !== value) contested.add(key)
    else first.set(key, value)
  return [...contested].sort()
}

const isWithin = (a: LabelSet, b: LabelSet) => Object.entries(a).every(([key, value]) => b[key] === value)

const conflicts = (a: LabelSet, b: LabelSet) => Object.entries(a).some(([key, value]) => b[key] !== undefined && b[key] !== value)

const restrictTo = (set: LabelSet, keys: readonly string[]): LabelSet => Object.fromEntries(keys.flatMap((key) => (set[key] === undefined ? [] : [[key, set[key]]])))

/** One contested set stands for all that lie within it: whatever carries it carries them. */
type Core = { set: LabelSet; members: number[] }

const coresOf = (sets: readonly LabelSet[]): Core[] => {
  const keys = contestedKeys(sets)
  const restricted = sets.map((set, index) => ({ set: restrictTo(set, keys), index }))
  const cores: Core[] = []
  for (const { set, index } of restricted.sort((a, b) => Object.keys(b.set).length - Object.keys(a.set).length || a.index - b.index)) {
    const home = cores.find((core) => isWithin(set, core.set))
    if (home === undefined) cores.push({ set, members: [index] })
    else home.members.push(index)
  }
  return cores
}

/** The best cover of every subset from those of its parts: three to the power of the number of cores. */
const exact = (cores: readonly Core[]): number[][] => {
  const clashes = cores.map(({ set }) => cores.reduce((mask, other, index) => (conflicts(set, other.set) ? mask | (1 << index) : mask), 0))
  const full = (1 << cores.length) - 1
  const isFree = new Uint8Array(full + 1)
  const fewest = new Uint8Array(full + 1)
  const choice = new Uint16Array(full + 1)
  isFree[0] = 1
  for (let mask = 1; mask <= full; mask += 1) {
    const lowest = 31 - Math.clz32(mask & -mask)
    const rest = mask & (mask - 1)
    isFree[mask] = isFree[rest] === 1 && ((clashes[lowest] as number) & rest) === 0 ? 1 : 0
    fewest[mask] = 255
    // Every class that holds the lowest core, the largest first.
    for (let part = rest; ; part = (part - 1) & rest) {
      const group = part | (1 << lowest)
      const count = isFree[group] === 1 ? (fewest[mask ^ group] as number) + 1 : 255
      if (count < (fewest[mask] as number)) {
        fewest[mask] = count
        choice[mask] = group
      }
      if (part === 0) break
    }
  }
  const classes: number[][] = []
  for (let mask = full; mask > 0; mask ^= choice[mask] as number) classes.push(cores.flatMap((_, index) => ((choice[mask] as number) & (1 << index) ? [index] : [])))
  return classes
}

/** First fit, the sets with most contested labels first. */
const greedy = (cores: readonly Core[]): number[][] => {
  const classes: number[][] = []
  for (const [index, { set }] of cores.entries()) {
    const home = classes.find((members) => members.every((other) => !conflicts(set, (cores[other] as Core).set)))
    if (home === undefined) classes.push([index])
    else home.push(index)
  }
  return classes
}

/** Sets that name different values of one key can never share a group. */
const mostValues = (sets: readonly LabelSet[]): number => {
  const values = new Map<string, Set<string>>()
  for (const set of sets) for (const [key, value] of Object.entries(set)) values.set(key, (values.get(key) ?? new Set()).add(value))
  return Math.max(Math.min(1, sets.length), ...[...values.values()].map(({ size }) => size))
}

/**
 * The fewest groups that carry all the label sets, where one group can carry sets that name no key with
 * different values. Exact up to twelve sets that differ in contested keys and lie in no other; beyond, first
 * fit, with the bound that no cover can beat.
 */
export const coverOf = (sets: readonly LabelSet[]): Cover => {
  const cores = coresOf(sets)
  const isExact = cores.length <= exactUpTo
  const classes = (isExact ? exact(cores) : greedy(cores)).map((members) => members.flatMap((index) => (cores[index] as Core).members).sort((a, b) => a - b))
  return { classes: classes.sort((a, b) => (a[0] as number) - (b[0] as number)), atLeast: isExact ? classes.length : mostValues(sets) }
}
