import 'server-only'
import { z } from 'zod'
import type { KubeAutoscaler } from '@/lib/domain/kube-facts'

const moment = /(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,3})?\d* ?(Z|[+-]\d\d):?(\d\d)?/

/** A moment as Go or RFC 3339 writes it, `2026-11-29 08:19:44.090873082 +0000 UTC m=+54.6`; null for anything else. */
export const readMoment = (value: unknown): number | null => {
  if (value instanceof Date) return value.getTime()
  const [, day, time, fraction = '', zone, minutes = '00'] = moment.exec(typeof value === 'string' ? value : '') ?? []
  if (day === undefined || zone === undefined) return null
  const ms = Date.parse(`${day}T${time}${fraction}${zone === 'Z' ? zone : `${zone}:${minutes}`}`)
  return Number.isNaN(ms) ? null : ms
}

const size = z.number().nullish().transform((value) => value ?? null)
const health = z.object({ minSize: size, maxSize: size, lastProbeTime: z.unknown().optional() })
const yamlStatus = z.object({
  time: z.unknown().optional(),
  clusterWide: z.object({ health: health.nullish() }).nullish(),
  nodeGroups: z.array(z.object({ name: z.string(), health: health.nullish() })).nullish(),
})

const fromYaml = (value: unknown): KubeAutoscaler | null => {
  const { data } = yamlStatus.safeParse(value)
  if (data === undefined) return null
  return {
    writtenAtMs: readMoment(data.time) ?? readMoment(data.clusterWide?.health?.lastProbeTime),
    groups: (data.nodeGroups ?? []).map(({ name, health: of }) => ({ name, minSize: of?.minSize ?? null, maxSize: of?.maxSize ?? null })),
  }
}

const number = (text: string | undefined) => (text === undefined ? null : Number(text))

/** The limits stand in the line of the group's health, `(… (minSize=1, maxSize=5))`. */
const groupsIn = (text: string): KubeAutoscaler['groups'] =>
  text.split(/^[ \t]*Name:/m).slice(1).flatMap((block) => {
    const name = /^\s*(\S+)/.exec(block)?.[1]
    const [, minSize, maxSize] = /minSize=(\d+), maxSize=(\d+)/.exec(block) ?? []
    return name === undefined ? [] : [{ name, minSize: number(minSize), maxSize: number(maxSize) }]
  })

const textHead = /^\s*Cluster-autoscaler status at ([^\n]*)/

/** The status as it is written since 1.30, which is YAML, or as before, which is text. Null for anything else. */
export const parseAutoscalerStatus = (text: string, loadYaml: (text: string) => unknown): KubeAutoscaler | null => {
  const head = textHead.exec(text)
  if (head !== null) return { writtenAtMs: readMoment(head[1]), groups: groupsIn(text) }
  try {
    return fromYaml(loadYaml(text))
  } catch {
    return null
  }
}
