// The one owner of the embedded database: opens it, serves it on a socket of this user, tells its parent when it is ready.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { takeLock } from './lock.mjs'

const [dataDir, socket] = process.argv.slice(2)
process.umask(0o077)

process.stdout.on('error', () => {}) // The parent has gone before it heard; the end of the input says so next.
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

const open = () =>
  PGlite.create(path.join(dataDir, 'pglite')).catch((error) => {
    throw Object.assign(new Error(`The embedded database in ${dataDir} cannot be opened: ${error.message}`, { cause: error }), { code: error.code })
  })

const start = async () => {
  const release = await takeLock(dataDir, socket)
  const db = await open()
  rmSync(socket, { force: true }) // Left by an owner that was killed.
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 16 })
  await server.start()

  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    await server.stop().catch(() => {})
    await db.close().catch(() => {})
    release()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', () => {}) // Ctrl-C reaches the whole group; the parent ends this process when it is done.
  process.stdin.on('end', end).on('error', end).resume() // The parent has gone.
  say({ ready: true })
}

start().catch((error) => {
  say({ error: error.message, code: error.code })
  process.exit(1)
})
