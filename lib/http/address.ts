import 'server-only'

/**
 * The address of the peer as the server's socket saw it, written into every request by the server's hooks.
 * X-Forwarded-For is anyone's to write, and Next keeps what a client wrote there, so throttling must not read it.
 */
export const peerHeader = 'x-slipway-peer'

export const peerAddress = (headers: Pick<Headers, 'get'>): string => headers.get(peerHeader) ?? 'unknown'
