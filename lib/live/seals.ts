import 'server-only'
import type { SealContext } from '@/lib/vault/vault'

/** What the recorder's copy of a token is bound to. */
export const runSeal = (run: { accountId: string; migrationId: string }): SealContext => ({ table: 'runs', row: run.migrationId, owner: run.accountId })

/** What the copy kept for looking up a lost launch is bound to. */
export const launchSeal = (launch: { accountId: string; id: string }): SealContext => ({ table: 'launches', row: launch.id, owner: launch.accountId })
