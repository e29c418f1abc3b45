export type CheckState = 'ok' | 'warning' | 'blocker' | 'not-read'

/** One thing that could get in the way of the run. A blocker keeps the launch shut; a remedy stands wherever all is not well. */
export type Check = { id: string; title: string; state: CheckState; sentence: string; remedy: string | null }

/** What a check says, without its name. */
export type Said = Omit<Check, 'id' | 'title'>
export const ok = (sentence: string): Said => ({ state: 'ok', sentence, remedy: null })
export const warning = (sentence: string, remedy: string): Said => ({ state: 'warning', sentence, remedy })
export const blocker = (sentence: string, remedy: string): Said => ({ state: 'blocker', sentence, remedy })
export const notRead = (sentence: string, remedy: string): Said => ({ state: 'not-read', sentence, remedy })
