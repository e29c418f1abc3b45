import { drafts } from './drafts'
import { holds } from './holds'
import { launches } from './launches'
import { runChanges } from './run-changes'
import { runs } from './runs'
import { sessions } from './sessions'
import { signInAttempts } from './sign-in-attempts'

/** Every table, as drizzle wants them. */
export const tables = { drafts, holds, launches, runChanges, runs, sessions, signInAttempts }
