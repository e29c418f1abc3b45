import type { JournalEntry } from './admin-types'

const maxEntries = 20_000

/** What was asked of the simulator, oldest first. The oldest half goes when it is full. */
export const createJournal = () => {
  const entries: JournalEntry[] = []
  return {
    entries,
    add: (entry: JournalEntry): JournalEntry => {
      if (entries.length >= maxEntries) entries.splice(0, maxEntries / 2)
      entries.push(entry)
      return entry
    },
    clear: () => {
      entries.length = 0
    },
  }
}
export type Journal = ReturnType<typeof createJournal>
