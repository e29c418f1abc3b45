type Item = Record<string, unknown>

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null

/** Replaces the field at a dotted path in every item of an envelope's body; without a value it is taken out. Lists on the way are walked through. */
export const mutateItems = (body: unknown, path: string, value: unknown): void => {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let targets = (body as { response?: { items?: Item[] } }).response?.items ?? []
  for (const key of keys) targets = targets.flatMap((target) => [target[key]].flat()).filter(isItem)
  for (const target of targets) {
    if (value === undefined) delete target[last]
    else target[last] = value
  }
}
