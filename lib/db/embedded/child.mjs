// The one owner of the embedded database: opens it, serves it on a loopback port, says the port to its parent.
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { takeLock } from './lock.mjs'

const [dataDir, wantedPort = '0'] = process.argv.slice(2)
process.umask(0o077)

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

const start = async () => {
  const release = takeLock(dataDir)
  const db = await PGlite.create(path.join(dataDir, 'pglite'))
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: Number(wantedPort), maxConnections: 16 })
  const listening = new Promise((resolve) => server.addEventListener('listening', (event) => resolve(event.detail), { once: true }))
  await server.start()
  const { port } = await listening

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
  say({ port })
}

start().catch((error) => {
  say({ error: error.message })
  process.exit(1)
})
