/**
 * Keys that a virtual node group may not carry, with the reason in one sentence (Spot API, Create Virtual Node
 * Group: "Only custom user labels are allowed, and not Kubernetes built-in labels or Spot internal labels").
 */
const builtIn = new Set([
  ...['agentpool', 'cluster', 'mode', 'role', 'scalesetpriority', 'storageprofile', 'storagetier', 'instance-sku', 'node-image-version', 'subnet', 'vnet', 'ppg', 'encrypted-set', 'accelerator', 'fips_enabled', 'os-sku'].map(
    (name) => `kubernetes.azure.com/${name}`,
  ),
  ...['arch', 'os', 'hostname'].map((name) => `kubernetes.io/${name}`),
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
])

const reserved: readonly { domain: string; owner: string }[] = [
  { domain: 'kubernetes.azure.com', owner: 'AKS' },
  { domain: 'azure.com', owner: 'Azure' },
  { domain: 'kubernetes.io', owner: 'Kubernetes' },
  { domain: 'k8s.io', owner: 'Kubernetes' },
  { domain: 'spotinst.io', owner: 'Spot' },
  { domain: 'spot.io', owner: 'Spot' },
]

const prefixOf = (key: string) => (key.includes('/') ? key.slice(0, key.indexOf('/')) : '')
const ownerOf = (key: string) => reserved.find(({ domain }) => prefixOf(key) === domain || prefixOf(key).endsWith(`.${domain}`))

const namePart = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/
const prefixPart = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/

/** The syntax of Kubernetes for keys of labels and taints. */
const whyNotKey = (key: string): string | null => {
  if (key === '') return 'Enter a key.'
  const name = key.includes('/') ? key.slice(key.indexOf('/') + 1) : key
  if (key.includes('/') && !prefixPart.test(prefixOf(key))) return 'What stands before the slash must be a domain in small letters, like example.com.'
  return namePart.test(name) ? null : 'A key has at most 63 letters, digits, dots, dashes and underscores, and begins and ends with a letter or digit.'
}

/** Why a group may not carry this label, or null when it may. */
export const whyNotLabel = (key: string): string | null => {
  if (builtIn.has(key)) return `${key} is a built-in label: each node gets its own value, and Spot refuses it on a group.`
  const owner = ownerOf(key)
  return owner === undefined ? whyNotKey(key) : `Labels under ${prefixOf(key)} are reserved for ${owner.owner}; a group may only carry labels of your own.`
}

/** Why a group may not carry this taint, or null when it may. The list of conditions is that of the vendor's Terraform provider. */
export const whyNotTaint = (key: string): string | null => {
  if (key === 'kubernetes.azure.com/scalesetpriority') return `${key} is set by AKS on every spot node, and Spot refuses it on a group.`
  if (/^node\.(cloudprovider\.)?kubernetes\.io\//.test(key)) return `${key} is a system taint: Kubernetes sets and removes it as the node’s condition changes.`
  const owner = ownerOf(key)
  return owner === undefined ? whyNotKey(key) : `Taints under ${prefixOf(key)} are reserved for ${owner.owner}; a group may only carry taints of your own.`
}

/** Why Kubernetes would refuse this value of a label or taint, or null when it takes it. */
export const whyNotValue = (value: string): string | null =>
  value === '' || namePart.test(value) ? null : 'A value has at most 63 letters, digits, dots, dashes and underscores, and begins and ends with a letter or digit.'
