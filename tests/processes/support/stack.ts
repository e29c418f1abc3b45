import postgres from 'postgres'
import type { SimulatorFlags } from '@/lib/simulator/flags'
import { startSimulator } from '@/tests/support/simulator'
import type { PostgresServer } from '@/tests/support/postgres'
import { startServer, type ServerProcess } from './server'

let made = 0

/** A database of one's own on a running PostgreSQL, asked by tests over a connection that no server shares. */
const createDatabase = async (server: PostgresServer) => {
  made += 1
  const name = `slipway_${made}`
  const url = new URL(server.url)
  const first = postgres(server.url, { max: 1, onnotice: () => {} })
  await first.unsafe(`create database ${name}`)
  await first.end()
  url.pathname = `/${name}`
  return { url: url.href, sql: postgres(url.href, { max: 4, onnotice: () => {} }) }
}

/** Names of nodes that can be migrated, as the simulator has them. */
export const nodesOf = async (upstream: string, { clusterId, count, accountId = 'act-demo0001' }: { clusterId: string; count: number; accountId?: string }): Promise<string[]> => {
  const response = await fetch(`${upstream}/ocean/azure/np/cluster/${clusterId}/migration/discovery?accountId=${accountId}`, { headers: { authorization: 'Bearer demo-token' } })
  const { response: body } = (await response.json()) as { response: { items: { nodeName: string }[] } }
  return body.items.slice(0, count).map(({ nodeName }) => nodeName)
}

/** A simulator and a PostgreSQL database with as many production servers before them as are asked for. */
export const startStack = async (on: PostgresServer, flags: Partial<SimulatorFlags> = {}) => {
  const [simulator, database] = await Promise.all([startSimulator({ nodes: 24, ...flags }), createDatabase(on)])
  const servers: ServerProcess[] = []
  const { admin } = simulator
  const posts = async (clusterId: string) => (await admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith(`${clusterId}/migration`)).length
  return {
    admin,
    sql: database.sql,
    start: async (databaseUrl = database.url) => {
      const server = await startServer({ upstream: simulator.baseUrl, databaseUrl })
      servers.push(server)
      return server
    },
    nodeNames: (clusterId: string, count: number, accountId?: string) => nodesOf(simulator.baseUrl, { clusterId, count, accountId }),
    /** How often a migration was asked for, and how often one was made. */
    sent: async (clusterId: string) => ({ posts: await posts(clusterId), created: (await admin.createdMigrations())[clusterId] ?? 0 }),
    databaseUrl: database.url,
    close: async () => {
      await Promise.all(servers.map(({ kill }) => kill()))
      await Promise.all([simulator.close(), database.sql.end({ timeout: 1 })])
    },
  }
}
export type ProcessStack = Awaited<ReturnType<typeof startStack>>
