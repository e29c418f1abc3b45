import { accountsRequest } from '@/lib/contract/session'
import { peerAddress } from '@/lib/http/address'
import { publicRoute } from '@/lib/http/route'
import { listAccounts } from '@/lib/services/list-accounts'

export const POST = publicRoute({ body: accountsRequest }, async ({ request, server, body }) =>
  listAccounts(await server.signInDeps(), body.token, peerAddress(request.headers)),
)
