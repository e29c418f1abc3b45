import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder, whatever folder a script was started from. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export const fromRoot = (...parts) => path.join(root, ...parts)

/** Where data lives, as an absolute path: the server changes its directory when it starts. */
export const dataDir = () => path.resolve(process.env.SLIPWAY_DATA_DIR || fromRoot('.slipway'))

/** Ends the script with one sentence and no stack. */
export const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

export const say = (text) => process.stdout.write(`${text}\n`)

const [major, minor] = process.versions.node.split('.').map(Number)

/** Stops on a Node that the packages do not run on. */
export const requireNode = () => {
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(`Slipway needs Node 20.19 or newer; this is ${process.versions.node}.`)
}
