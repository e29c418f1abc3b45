// A server that owns an embedded database: says the number of the owner's process once that is ready, and stays.
import { spawn } from 'node:child_process'
import path from 'node:path'

const [dataDir] = process.argv.slice(2)
const owner = spawn(process.execPath, [path.resolve('lib/db/embedded/child.mjs'), dataDir, path.join(dataDir, 'database.sock')], { stdio: ['pipe', 'pipe', 'inherit'] })
owner.stdout.once('data', () => process.stdout.write(`${owner.pid}\n`))
process.stdin.resume()
