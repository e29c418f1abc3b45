import 'server-only'
import { z } from 'zod'

/** The parts of Kubernetes' own objects that are read. Unknown fields are dropped, absent and null ones are empty. */
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).nullish().transform((list) => list ?? [])
const text = z.string().nullish().transform((value) => value ?? null)
const flag = z.boolean().nullish().transform((value) => value === true)
const count = z.number().nullish().transform((value) => value ?? 0)
const texts = z.record(z.string(), z.string().nullable().transform((value) => value ?? '')).nullish().transform((map) => map ?? {})
const amounts = z.record(z.string(), z.union([z.string(), z.number()])).nullish().transform((map) => map ?? {})
export type Amounts = z.infer<typeof amounts>

const owner = z.object({ kind: z.string(), name: z.string(), controller: flag })

const metadata = z.object({
  name: z.string().min(1),
  namespace: z.string().nullish().transform((value) => value ?? ''),
  labels: texts,
  annotations: texts,
  ownerReferences: listOf(owner),
  deletionTimestamp: text,
})

const requirement = z.object({ key: z.string(), operator: z.string(), values: listOf(z.string()) })
const term = z.object({ matchExpressions: listOf(requirement), matchFields: listOf(requirement) })
export type WireTerm = z.infer<typeof term>

const toleration = z.object({ key: text, operator: text, value: text, effect: text })
const container = z.object({ restartPolicy: text, resources: z.object({ requests: amounts }).nullish() })

const volume = z.object({
  name: z.string(),
  emptyDir: z.object({ medium: text }).nullish(),
  hostPath: z.unknown().optional(),
  persistentVolumeClaim: z.object({ claimName: z.string() }).nullish(),
  ephemeral: z.unknown().optional(),
})

/** Only whether there are any is looked at. */
const podAffinity = z.object({ requiredDuringSchedulingIgnoredDuringExecution: listOf(z.unknown()) }).nullish()

const podSpec = z.object({
  nodeName: text,
  nodeSelector: texts,
  affinity: z
    .object({
      nodeAffinity: z
        .object({
          requiredDuringSchedulingIgnoredDuringExecution: z.object({ nodeSelectorTerms: listOf(term) }).nullish(),
          preferredDuringSchedulingIgnoredDuringExecution: listOf(z.object({ weight: z.number(), preference: term })),
        })
        .nullish(),
      podAffinity,
      podAntiAffinity: podAffinity,
    })
    .nullish(),
  topologySpreadConstraints: listOf(z.object({ whenUnsatisfiable: text })),
  tolerations: listOf(toleration),
  containers: listOf(container),
  initContainers: listOf(container),
  resources: z.object({ requests: amounts }).nullish(),
  overhead: amounts,
  volumes: listOf(volume),
})
export type WirePodSpec = z.infer<typeof podSpec>

const condition = z.object({ type: z.string(), status: z.string(), message: text })

export const wirePod = z.object({
  metadata,
  spec: podSpec,
  status: z.object({ phase: text, conditions: listOf(condition) }).nullish(),
})
export type WirePod = z.infer<typeof wirePod>

export const wireNode = z.object({
  metadata,
  spec: z.object({ unschedulable: flag, taints: listOf(z.object({ key: z.string(), value: text, effect: z.string() })) }).nullish(),
  status: z.object({ allocatable: amounts, conditions: listOf(condition), nodeInfo: z.object({ kubeletVersion: text }).nullish() }).nullish(),
})
export type WireNode = z.infer<typeof wireNode>

const template = z.object({ metadata: z.object({ labels: texts, annotations: texts }).nullish(), spec: podSpec })
export type WireTemplate = z.infer<typeof template>

/** A Deployment, StatefulSet or DaemonSet. */
export const wireWorkload = z.object({
  metadata,
  spec: z.object({ replicas: z.number().nullish(), template }),
  status: z.object({ readyReplicas: count }).nullish(),
})
export type WireWorkload = z.infer<typeof wireWorkload>

const intOrText = z.union([z.number(), z.string()]).nullish().transform((value) => value ?? null)

export const wirePdb = z.object({
  metadata,
  spec: z.object({
    selector: z.object({ matchLabels: texts, matchExpressions: listOf(requirement) }).nullish(),
    minAvailable: intOrText,
    maxUnavailable: intOrText,
    unhealthyPodEvictionPolicy: text,
  }),
  status: z.object({ expectedPods: count, currentHealthy: count, desiredHealthy: count, disruptionsAllowed: count }).nullish(),
})
export type WirePdb = z.infer<typeof wirePdb>

export const wireClaim = z.object({ metadata, spec: z.object({ volumeName: text }).nullish(), status: z.object({ phase: text }).nullish() })
export type WireClaim = z.infer<typeof wireClaim>

export const wireVolume = z.object({
  metadata,
  spec: z
    .object({
      local: z.unknown().optional(),
      hostPath: z.unknown().optional(),
      nodeAffinity: z.object({ required: z.object({ nodeSelectorTerms: listOf(term) }).nullish() }).nullish(),
    })
    .nullish(),
})
export type WireVolume = z.infer<typeof wireVolume>

export const wireNamespace = z.object({ metadata })
export type WireNamespace = z.infer<typeof wireNamespace>

export const wireConfigMap = z.object({ metadata: z.object({ annotations: texts }).nullish(), data: texts })

/** One page of a list. Items are parsed one kind at a time by the caller. */
export const wirePage = z.object({
  metadata: z.object({ continue: text }).nullish(),
  items: z.array(z.unknown()).nullish().transform((list) => list ?? []),
})
