import 'server-only'
import type { AccountsAnswer } from '@/lib/contract/session'
import { mayNotListAccounts, type SignInDeps } from './sign-in'
import { throttled, throttleKeys } from './throttle'

/**
 * The accounts that a token may list, before sign-in. A token without that permission is fine: the account
 * is then typed. Throws `token_rejected`, `too_many_attempts`, an upstream or a storage error.
 */
export const listAccounts = (deps: Pick<SignInDeps, 'db' | 'now' | 'spotFor'>, token: string, address: string): Promise<AccountsAnswer> =>
  throttled(deps, throttleKeys(address, token), async () => {
    const spot = deps.spotFor({ token, accountId: null, organizationId: null })
    try {
      const { data } = await spot.listAccounts({ fresh: true })
      return { canList: true, accounts: data.map(({ accountId, name }) => ({ accountId, name })) }
    } catch (error) {
      if (mayNotListAccounts(error)) return { canList: false, accounts: [] }
      throw error
    }
  })
