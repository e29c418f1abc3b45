import 'server-only'

type Key = number | string

/**
 * Reads once for all who ask for the same thing before the reading begins; whoever asks while one is on its way
 * gets the next. So an answer is never older than the question, however many ask at once.
 */
export const shareReads = <Subject, Answer>(keyOf: (subject: Subject) => Key, read: (subject: Subject) => Promise<Answer>) => {
  const running = new Map<Key, Promise<unknown>>()
  const waiting = new Map<Key, Promise<Answer>>()
  const begin = (key: Key, subject: Subject): Promise<Answer> => {
    waiting.delete(key)
    const reading = read(subject).finally(() => running.get(key) === reading && running.delete(key))
    running.set(key, reading)
    return reading
  }
  return (subject: Subject): Promise<Answer> => {
    const key = keyOf(subject)
    const before = running.get(key) ?? Promise.resolve()
    const turn = () => begin(key, subject)
    const asked = waiting.get(key) ?? before.then(turn, turn)
    waiting.set(key, asked)
    return asked
  }
}
