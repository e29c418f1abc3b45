import 'server-only'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type SocketPlace = { socket: string; remove: () => Promise<void> }

/** The kernel takes 104 bytes on macOS and 108 on Linux. */
const longestPath = 100

/** What is left over does no harm: the next owner takes its place. */
const removed = (place: string) => rm(place, { recursive: true, force: true }).catch(() => {})

/**
 * Where the embedded database listens: a socket in the file system, which only this user may open. A port of
 * the loopback would be open to everybody on the machine. Beside the data, unless that path is too long.
 */
export const placeSocket = async (dataDir: string): Promise<SocketPlace> => {
  const beside = path.join(dataDir, 'database.sock')
  if (Buffer.byteLength(beside) <= longestPath) return { socket: beside, remove: () => removed(beside) }
  const dir = await mkdtemp(path.join(tmpdir(), 'slipway-'))
  return { socket: path.join(dir, 'database.sock'), remove: () => removed(dir) }
}
