import { z } from 'zod'
import type { PlanFacts } from './facts'
import { scaledPoolText } from './pool-scaling'

/** What can get in a run's way without being about one of its nodes. */
export const aroundKinds = ['rolls', 'tasks', 'shutdown-hours', 'autoscalers', 'scaled-pools', 'limits'] as const
export type AroundKind = (typeof aroundKinds)[number]

const texts = z.array(z.string().max(400)).max(2_000)

/** Each in words, so that two readings can be compared; a kind that was not read is left out. */
export const around = z.partialRecord(z.enum(aroundKinds), texts)
export type Around = z.infer<typeof around>

const limitTexts = ({ maxVCpu, maxMemoryGiB }: NonNullable<PlanFacts['limits']>): string[] => [
  ...(maxVCpu === null ? [] : [`${maxVCpu} vCPU in the cluster`]),
  ...(maxMemoryGiB === null ? [] : [`${maxMemoryGiB} GiB of memory in the cluster`]),
]

type Facts = Pick<PlanFacts, 'rolls' | 'schedule' | 'kubernetes' | 'limits'>

/** What these facts show around a plan. */
export const aroundOf = ({ rolls, schedule, kubernetes: { autoscalers, poolScaling }, limits }: Facts): Around => ({
  ...(rolls === null ? {} : { rolls: [...rolls].sort() }),
  tasks: schedule.tasks.map(({ taskType, cronExpression }) => `${taskType} at ${cronExpression}`).sort(),
  'shutdown-hours': schedule.shutdownHours.flatMap(({ of, timeWindows }) => timeWindows.map((window) => `${of} ${window}`)).sort(),
  ...(autoscalers === null ? {} : { autoscalers: [...autoscalers].sort() }),
  ...(poolScaling.state === 'active' ? { 'scaled-pools': poolScaling.pools.map(scaledPoolText).sort() } : poolScaling.state === 'absent' ? { 'scaled-pools': [] } : {}),
  ...(limits === null ? {} : { limits: limitTexts(limits) }),
})

/** What has come since. What has gone is no longer in the way, and a changed limit is one that has come. */
export const cameSince = (before: Around, now: Around): { around: AroundKind; names: string[] }[] =>
  aroundKinds.flatMap((kind) => {
    const known = new Set(before[kind])
    const names = (now[kind] ?? []).filter((text) => !known.has(text))
    return names.length === 0 ? [] : [{ around: kind, names }]
  })
