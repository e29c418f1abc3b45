import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { valueAt } from './vng-document'

export type VngFieldKind = 'number' | 'text' | 'list' | 'choice' | 'switch'
export type VngSection = 'placement' | 'limits' | 'market' | 'nodes'

export type VngField = {
  id: string
  /** Where the value stands in the API's object. */
  path: readonly string[]
  section: VngSection
  label: string
  kind: VngFieldKind
  options?: readonly { value: string; label: string }[]
  help?: string
  /** The vendor does not let it change once the group is there. */
  isFixed?: boolean
}

const options = (...values: string[]) => values.map((value) => ({ value, label: value }))

/** The fields of a group that the form shows one by one; all others are in the JSON view (Spot API, Create Virtual Node Group). */
export const vngFields: readonly VngField[] = [
  { id: 'zones', section: 'placement', path: ['availabilityZones'], label: 'Zones', kind: 'list', help: 'Numbers of zones with commas between them, such as 1, 2, 3. Zone 0 is for workloads that need none.' },
  { id: 'preferredSizes', section: 'placement', path: ['vmSizes', 'preferredVmSizes'], label: 'Preferred sizes', kind: 'list', help: 'Names of sizes with commas between them, such as Standard_D8s_v5.' },
  { id: 'minVCpu', section: 'placement', path: ['vmSizes', 'filters', 'minVCpu'], label: 'Least vCPU', kind: 'number' },
  { id: 'maxVCpu', section: 'placement', path: ['vmSizes', 'filters', 'maxVCpu'], label: 'Most vCPU', kind: 'number' },
  { id: 'minMemory', section: 'placement', path: ['vmSizes', 'filters', 'minMemoryGiB'], label: 'Least memory, GiB', kind: 'number' },
  { id: 'maxMemory', section: 'placement', path: ['vmSizes', 'filters', 'maxMemoryGiB'], label: 'Most memory, GiB', kind: 'number' },
  { id: 'minCount', section: 'limits', path: ['nodeCountLimits', 'minCount'], label: 'Least nodes', kind: 'number' },
  { id: 'maxCount', section: 'limits', path: ['nodeCountLimits', 'maxCount'], label: 'Most nodes', kind: 'number' },
  { id: 'spotPercentage', section: 'market', path: ['strategy', 'spotPercentage'], label: 'Spot share, percent', kind: 'number' },
  { id: 'fallbackToOd', section: 'market', path: ['strategy', 'fallbackToOd'], label: 'On demand when there is no spot', kind: 'switch' },
  { id: 'drainingTimeout', section: 'market', path: ['strategy', 'drainingTimeout'], label: 'Draining timeout, seconds', kind: 'number', help: 'How long a node may drain before it is terminated: 300 to 3,600.' },
  { id: 'orientation', section: 'market', path: ['strategy', 'orientation'], label: 'Choose sizes by', kind: 'choice', options: options('cost', 'availability') },
  { id: 'maxPods', section: 'nodes', path: ['nodePoolProperties', 'maxPodsPerNode'], label: 'Most pods a node', kind: 'number' },
  { id: 'restrictScaleDown', section: 'nodes', path: ['restrictScaleDown'], label: 'Restrict scale down', kind: 'switch', help: 'Yes: nodes of this group leave only when they are empty.' },
  { id: 'osType', section: 'nodes', path: ['nodePoolProperties', 'osType'], label: 'Operating system', kind: 'choice', options: options('Linux', 'Windows'), isFixed: true },
  { id: 'osSKU', section: 'nodes', path: ['nodePoolProperties', 'osSKU'], label: 'Image', kind: 'choice', options: options('Ubuntu', 'AzureLinux', 'CBLMariner', 'Windows2019', 'Windows2022') },
  { id: 'osDiskSizeGB', section: 'nodes', path: ['nodePoolProperties', 'osDiskSizeGB'], label: 'Disk, GB', kind: 'number' },
  { id: 'osDiskType', section: 'nodes', path: ['nodePoolProperties', 'osDiskType'], label: 'Disk type', kind: 'choice', options: options('Ephemeral', 'Managed'), isFixed: true },
  { id: 'kubernetesVersion', section: 'nodes', path: ['nodePoolProperties', 'kubernetesVersion'], label: 'Kubernetes version', kind: 'text', help: 'Left empty everywhere, it is the version of the control plane.' },
]

export const yesNo = [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] as const

/** A field's value as the form has it; empty for what comes from the template. What has another type than expected is kept as its text. */
export const textOf = (value: unknown): string => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value))

/** The value that a text stands for, undefined for the template's. A text that is no number stays text: the check says what is wrong, and nothing is lost. */
export const valueOf = ({ kind }: Pick<VngField, 'kind'>, text: string): unknown => {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
  if (kind === 'list') return trimmed.split(',').map((part) => part.trim()).filter((part) => part !== '')
  if (kind === 'switch') return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed
  return trimmed
}

/** What the template has in this field, in words; null where it leaves it open. */
export const templateText = (field: VngField, template: unknown): string | null => {
  const value = valueAt(template, field.path)
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null
  if (field.kind === 'switch') return value === true ? 'Yes' : 'No'
  if (typeof value === 'number') return field.id === 'drainingTimeout' ? `${formatCount(value)} (${formatDuration(value * 1000)})` : formatCount(value)
  return textOf(value)
}
