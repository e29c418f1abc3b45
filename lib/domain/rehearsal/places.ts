/** Gives each distinct thing one place in a list: `make` is called once per key. */
export const createPlaces = <Key, Value>(make: (key: Key) => Value) => {
  const values: Value[] = []
  const places = new Map<Key, number>()
  return {
    values,
    place: (key: Key): number => {
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, values.length)
      return values.push(make(key)) - 1
    },
  }
}
