import type { Resource } from './resource'
import { resources } from './resources/registry'

const groupVersion = (group: string, version: string) => ({ groupVersion: `${group}/${version}`, version })

const groupNames = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== '')

const groupOf = (name: string) => {
  const versions = [...new Set(resources.filter(({ group }) => group === name).flatMap((resource) => resource.versions))].map((version) => groupVersion(name, version))
  return { name, versions, preferredVersion: versions[0] }
}

/** What `kubectl get all` means: pods and those who make them. */
const isInAll = (group: string, kind: string) => kind === 'Pod' || group === 'apps' || group === 'batch'

const resourceOf = ({ group, plural, singular, kind, shortNames, isNamespaced, watch }: Resource) => ({
  name: plural,
  singularName: singular,
  namespaced: isNamespaced,
  kind,
  verbs: watch === undefined ? ['get', 'list'] : ['get', 'list', 'watch'],
  ...(shortNames.length === 0 ? {} : { shortNames }),
  ...(isInAll(group, kind) ? { categories: ['all'] } : {}),
})

const resourceList = (group: string, version: string) => {
  const found = resources.filter((resource) => resource.group === group && resource.versions.includes(version))
  if (found.length === 0) return null
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: group === '' ? version : `${group}/${version}`, resources: found.map(resourceOf) }
}

const gitVersionOf = (version: string) => {
  const [major = '1', minor = '0'] = version.split('.')
  return { major, minor, gitVersion: `v${version}`, gitCommit: '0'.repeat(40), gitTreeState: 'clean', buildDate: '2026-01-01T00:00:00Z', goVersion: 'go1.24.4', compiler: 'gc', platform: 'linux/amd64' }
}

/** What the API says of itself at a path of these segments; null for paths that are not about the API. Schemas are not published. */
export const discover = ([root, ...rest]: readonly string[], kubernetesVersion: string): object | null => {
  if (root === 'version' && rest.length === 0) return gitVersionOf(kubernetesVersion)
  if (root === 'api' && rest.length === 0) return { kind: 'APIVersions', versions: ['v1'] }
  if (root === 'api' && rest.length === 1) return resourceList('', rest[0] as string)
  if (root !== 'apis') return null
  const [group, version] = rest
  if (group === undefined) return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames.map(groupOf) }
  if (rest.length === 1) return groupNames.includes(group) ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) } : null
  return rest.length === 2 ? resourceList(group, version as string) : null
}
