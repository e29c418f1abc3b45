import type { IncomingMessage } from 'node:http'

/** Opens every simulated cluster, and nothing else. */
export const kubeToken = 'kube-token'

/**
 * The token of a request. kubectl sends a bearer token over TLS only; over plain HTTP it sends what stands in
 * the server's address, so the token is taken as a password, too.
 */
const tokenOf = ({ headers: { authorization = '' } }: IncomingMessage): string | null => {
  const [, scheme = '', text = ''] = /^(bearer|basic) (.+)$/i.exec(authorization) ?? []
  if (scheme.toLowerCase() === 'bearer') return text
  const decoded = Buffer.from(text, 'base64').toString('utf8')
  return scheme === '' ? null : decoded.slice(decoded.indexOf(':') + 1)
}

/** Whether a request may read. The token can be taken away as those of the Spot API can. */
export const mayRead = (request: IncomingMessage, revoked: ReadonlySet<string>): boolean => tokenOf(request) === kubeToken && !revoked.has(kubeToken)
