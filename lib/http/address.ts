import 'server-only'

/**
 * The address of the peer, as the server's socket saw it. The start script puts it into this header and
 * removes what a client may have sent under the name; X-Forwarded-For is anyone's to write and not read.
 */
export const peerHeader = 'x-slipway-peer'

export const peerAddress = (headers: Pick<Headers, 'get'>): string => headers.get(peerHeader) ?? 'unknown'
