import { z } from 'zod'
import { wholeNumber } from './parts'

/**
 * The VNG match of a discovered node. The vendor's text documents it (no labels and no taints: the word
 * `Default`; a match: the VNG's id; none: null), the schema does not, and the name of its field is not
 * published: every known spelling is read, and a missing field is kept apart from null.
 */
export type RawMatch = { kind: 'default' } | { kind: 'vng'; vngId: string } | { kind: 'none' } | { kind: 'not-said' }

export const matchFields = ['virtualNodeGroupId', 'vngId', 'launchSpecId', 'virtualNodeGroup'] as const

const readMatch = (item: Record<string, unknown>): RawMatch => {
  const field = matchFields.find((name) => item[name] !== undefined)
  if (field === undefined) return { kind: 'not-said' }
  const value = item[field]
  if (value === null || value === '') return { kind: 'none' }
  if (typeof value !== 'string') return { kind: 'not-said' }
  return value.toLowerCase() === 'default' ? { kind: 'default' } : { kind: 'vng', vngId: value }
}

const rawMatch = z.string().nullable().optional()

const pod = z.union([z.string(), z.object({ podName: z.string() })]).transform((value) => (typeof value === 'string' ? value : value.podName))

/** A node that Ocean does not manage yet and that a migration could take (Spot API, Get Migration Discovery). */
export const discoveredNode = z
  .looseObject({
    nodeName: z.string().min(1),
    nodePoolName: z.string().nullish().transform((name) => name ?? ''),
    runningPods: wholeNumber.nullish().transform((count) => count ?? null),
    podDetails: z.array(pod).nullish(),
    virtualNodeGroupId: rawMatch,
    vngId: rawMatch,
    launchSpecId: rawMatch,
    virtualNodeGroup: rawMatch,
  })
  .transform((item) => ({
    nodeName: item.nodeName,
    nodePoolName: item.nodePoolName,
    runningPods: item.runningPods,
    podNames: item.podDetails ?? null,
    match: readMatch(item),
  }))
export type DiscoveredNode = z.infer<typeof discoveredNode>
