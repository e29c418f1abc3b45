import 'server-only'
import { readFile, stat } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import path from 'node:path'
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node'
import { z } from 'zod'
import { KubeReadError } from './failure'

/** Everything needed to send requests to one API server. */
export type Connection = { baseUrl: string; options: https.RequestOptions }

export type KubeSettings = {
  /** A kubeconfig file, or null. */
  kubeconfigFile: string | null
  /** Context by cluster id. A cluster that is not named here is matched to a context of its own id. */
  contexts: Readonly<Record<string, string>>
  /** The id of the Ocean cluster this process runs in, read with its service account; null elsewhere. */
  inClusterId: string | null
  /** Lets a kubeconfig start the program it names to sign in. */
  mayExec: boolean
}

const largestFile = 4 * 2 ** 20
const execTimeoutMs = 15_000
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The library is large: it is loaded when a cluster is first read, not at start. */
const loadLibrary = () => import('@kubernetes/client-node')

const settingsFailure = (sentence: string, remedy: string) => new KubeReadError('settings', sentence, remedy)

const parseFile = async (file: string): Promise<KubeConfig> => {
  const { KubeConfig: Config } = await loadLibrary()
  try {
    const config = new Config()
    if ((await stat(file)).size > largestFile) throw new Error('too large')
    config.loadFromString(await readFile(file, 'utf8'))
    config.makePathsAbsolute(path.dirname(path.resolve(file)))
    return config
  } catch {
    throw settingsFailure('The kubeconfig file cannot be read.', 'Check KUBECONFIG_FILE, its rights and its YAML.')
  }
}

/** Refuses to start programs unless that is switched on. `auth-provider` blocks the process that runs it and is gone from Kubernetes. */
const checkUser = (user: User, mayExec: boolean) => {
  if (user.authProvider) throw settingsFailure('The kubeconfig signs in by an auth-provider, which is not supported.', 'Convert it to exec or to a token, for example with kubelogin convert-kubeconfig.')
  if (user.exec && !mayExec) throw settingsFailure('The kubeconfig starts a program to sign in, and that is switched off.', 'Use a token or a certificate, or set KUBE_ALLOW_EXEC=true if you trust the file.')
}

/** Plain http carries the token in the clear: on this machine only. The library asks for the waiver in so many words. */
const checkedCluster = (cluster: Cluster): Cluster => {
  const url = URL.canParse(cluster.server) ? new URL(cluster.server) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw settingsFailure('The kubeconfig names no usable address for the cluster.', 'Set server to an address such as https://host:443.')
  if (url.protocol === 'https:') return cluster
  if (!loopback.has(url.hostname)) throw settingsFailure('The kubeconfig reaches the cluster by plain http.', 'Use https: plain http is allowed on this machine only.')
  return { ...cluster, skipTLSVerify: true }
}

const timeLimit = <Value>(work: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(settingsFailure('The program that signs in to the cluster did not end in time.', 'Run it by hand and see what it waits for.')), execTimeoutMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const failedSignIn = () => settingsFailure('The credentials in the kubeconfig cannot be used.', 'Check that its files exist and that its sign-in program works by hand.')

/** Keeps connections open between pages, which the library's own agent does not. A proxy needs the library's. */
const agentOf = ({ server, proxyUrl }: Cluster, options: https.RequestOptions): https.RequestOptions['agent'] => {
  if (proxyUrl) return options.agent
  const { ca, cert, key, rejectUnauthorized, servername } = options
  const settings = { keepAlive: true, maxSockets: 8, ca, cert, key, rejectUnauthorized, servername }
  return server.startsWith('https:') ? new https.Agent(settings) : new http.Agent({ keepAlive: true, maxSockets: 8 })
}

const connect = async (config: KubeConfig, cluster: Cluster): Promise<Connection> => {
  const options: https.RequestOptions = {}
  await timeLimit(config.applyToHTTPSOptions(options)).catch((error: unknown) => {
    throw error instanceof KubeReadError ? error : failedSignIn()
  })
  return { baseUrl: cluster.server, options: { ...options, agent: agentOf(cluster, options) } }
}

const kubeconfigUsers = z.object({ users: z.array(z.object({ name: z.string(), user: z.object({ tokenFile: z.string().nullish() }).nullish() })) })

/** The user with the token of its `tokenFile`, a key of Kubernetes that the library does not read. */
const withToken = async (user: User, kubeconfigFile: string): Promise<User> => {
  if (user.token) return user
  const { loadYaml } = await loadLibrary()
  const { data } = kubeconfigUsers.safeParse(loadYaml(await readFile(kubeconfigFile, 'utf8')))
  const tokenFile = data?.users.find(({ name }) => name === user.name)?.user?.tokenFile
  if (!tokenFile) return user
  return { ...user, token: (await readFile(path.resolve(path.dirname(kubeconfigFile), tokenFile), 'utf8')).trim() }
}

const connectByFile = async (kubeconfigFile: string, contextName: string, mayExec: boolean): Promise<Connection> => {
  const { KubeConfig: Config } = await loadLibrary()
  const config = await parseFile(kubeconfigFile)
  const context = config.getContextObject(contextName)
  const cluster = context === null ? null : config.getCluster(context.cluster)
  const user = context === null ? null : config.getUser(context.user)
  if (cluster === null || user === null) throw settingsFailure(`The kubeconfig has no usable context ${contextName}.`, 'Check KUBE_CONTEXTS against the contexts of the file.')
  checkUser(user, mayExec)
  const single = new Config()
  const checked = checkedCluster(cluster)
  single.loadFromClusterAndUser(
    checked,
    await withToken(user, kubeconfigFile).catch(() => {
      throw failedSignIn()
    }),
  )
  return connect(single, checked)
}

const connectInCluster = async (): Promise<Connection> => {
  const { KubeConfig: Config } = await loadLibrary()
  const config = new Config()
  config.loadFromCluster()
  const cluster = config.getCurrentCluster()
  if (cluster === null) throw settingsFailure('This process does not run in a cluster.', 'Unset KUBE_IN_CLUSTER, or run Slipway in that cluster.')
  return connect(config, cluster)
}

/** How a cluster is reached; null where nothing names a way. */
export type KubeWay = { kind: 'in-cluster' } | { kind: 'context'; context: string }

/** Finds the way to a cluster. The file is read anew each time, so that rotated credentials count. */
export const createConnector = ({ kubeconfigFile, contexts, inClusterId, mayExec }: KubeSettings) => ({
  /** Null means: not connected, which is not a failure. A file that cannot be read counts as connected, so that its fault is shown. */
  wayTo: async (clusterId: string): Promise<KubeWay | null> => {
    if (clusterId === inClusterId) return { kind: 'in-cluster' }
    if (kubeconfigFile === null) return null
    const named = contexts[clusterId]
    if (named !== undefined) return { kind: 'context', context: named }
    const config = await parseFile(kubeconfigFile).catch(() => null)
    return config === null || config.getContextObject(clusterId) !== null ? { kind: 'context', context: clusterId } : null
  },
  connect: async (clusterId: string): Promise<Connection> => {
    if (clusterId === inClusterId) return connectInCluster()
    if (kubeconfigFile === null) throw settingsFailure('No kubeconfig is named.', 'Set KUBECONFIG_FILE.')
    return connectByFile(kubeconfigFile, contexts[clusterId] ?? clusterId, mayExec)
  },
})
