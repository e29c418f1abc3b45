import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { World } from '../world'
import { kubeToken } from './access'

const userName = 'slipway-simulator'

/** With the token in the address, for kubectl's sake (see `access`). */
const addressOf = (kubeUrl: string, clusterId: string): string => {
  const url = new URL(`${kubeUrl}/clusters/${clusterId}`)
  url.username = userName
  url.password = kubeToken
  return url.href
}

/** Two clusters of one name are told apart by their ids. */
const named = ({ clusters }: World): { name: string; clusterId: string }[] => {
  const all = [...clusters.values()].map(({ clusterId, twin }) => ({ clusterId, name: twin.state.cluster.name }))
  return all.map(({ name, clusterId }) => ({ clusterId, name: all.some((other) => other.name === name && other.clusterId !== clusterId) ? `${name}-${clusterId}` : name }))
}

const configOf = (world: World, kubeUrl: string) => {
  const clusters = named(world)
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.name ?? '',
    clusters: clusters.map(({ name, clusterId }) => ({ name, cluster: { server: addressOf(kubeUrl, clusterId) } })),
    users: [{ name: userName, user: { token: kubeToken } }],
    contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: userName } })),
  }
}

/**
 * Writes a kubeconfig with a context for each cluster, named as the cluster is, readable by its owner only.
 * It is JSON, which every reader of YAML takes. Throws an Error with a sentence when the file cannot be written.
 */
export const writeKubeconfig = (file: string, world: World, kubeUrl: string): void => {
  const fresh = `${file}.${process.pid}`
  try {
    writeFileSync(fresh, `${JSON.stringify(configOf(world, kubeUrl), null, 2)}\n`, { mode: 0o600 })
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new Error(`The kubeconfig cannot be written to ${file} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Give another file with --kubeconfig.`)
  }
}
