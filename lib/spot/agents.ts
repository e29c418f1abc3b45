import 'server-only'
import { Agent, buildConnector } from 'undici'

export type SpotTimeouts = { connectMs: number; headersMs: number; bodyIdleMs: number; totalMs: number }

const mostConnections = 32
const keepAliveMs = 10_000

/**
 * One agent for reads and one for writes. Writes get a connection each (pipelining 0): on a kept one that the
 * upstream is just closing, a launch would end as "may have happened" for no reason.
 */
export const createAgents = (timeouts: SpotTimeouts): { reads: Agent; writes: Agent } => {
  const shared = { connect: connectorFor(timeouts), connections: mostConnections }
  return { reads: new Agent({ ...shared, pipelining: 1, keepAliveTimeout: keepAliveMs }), writes: new Agent({ ...shared, pipelining: 0 }) }
}

/**
 * Closes a socket that carried nothing for as long as a call may take. undici opens a new connection when a
 * call is aborted, and without a first answer on it no keep-alive timer would ever close it.
 */
const connectorFor = ({ connectMs, totalMs }: SpotTimeouts): buildConnector.connector => {
  const connect = buildConnector({ timeout: connectMs, allowH2: false })
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      socket.setTimeout(totalMs, () => socket.destroy())
      return callback(null, socket)
    })
}
