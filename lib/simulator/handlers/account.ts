import { z } from 'zod'
import type { Handler } from '../call'
import { accounts } from '../people'
import { forbidden, invalid, items } from '../wire'

const kind = 'spotinst:setup:account'

export const listAccounts: Handler = ({ principal, query }) => {
  if (!principal.canListAccounts) return forbidden('The token may not list accounts.')
  const cloudAccountId = query.get('cloudAccountId')
  const list = accounts.filter(({ accountId }) => principal.accountIds.includes(accountId) && (cloudAccountId === null || cloudAccountId === `sub-${accountId}`))
  return items(kind, list.map(({ accountId, name, organizationId }) => ({ accountId, organizationId, name, providerExternalId: `sub-${accountId}` })))
}

const body = z.object({ account: z.object({ name: z.string().min(1) }) })

/** Answers as the contract says; the simulator's accounts are fixed, so the new one is not kept. */
export const createAccount: Handler = ({ body: given, principal }) => {
  const parsed = body.safeParse(given)
  if (!parsed.success) return invalid('account.name: is required', 'account.name')
  return items(kind, [{ id: 'act-new00001', name: parsed.data.account.name, organizationId: String(principal.organizationId) }])
}
