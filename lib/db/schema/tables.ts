import { clusterShares } from './cluster-shares'
import { drafts } from './drafts'
import { holds } from './holds'
import { launches } from './launches'
import { presetDefaults, presets } from './presets'
import { poolLimits, rollbackKits } from './rollback-kits'
import { runChanges } from './run-changes'
import { runs } from './runs'
import { sessions } from './sessions'
import { signInAttempts } from './sign-in-attempts'

/** Every table, as drizzle wants them. */
export const tables = { clusterShares, drafts, holds, launches, poolLimits, presetDefaults, presets, rollbackKits, runChanges, runs, sessions, signInAttempts }
