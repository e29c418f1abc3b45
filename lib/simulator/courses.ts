import type { TwinEvent, TwinMs } from '@/lib/twin/types'
import type { NodeStatus } from '@/lib/domain/run-rules'

/** A node of a run that came to a status. */
export type CourseStep = { tMs: TwinMs; nodeName: string; status: NodeStatus }

/** What became of the nodes of each run, and when: what an interface that is asked now and then can only tell in part. */
export const createCourses = () => {
  const steps = new Map<string, CourseStep[]>()
  return {
    follow: (events: TwinEvent[]): void => {
      for (const event of events) {
        if (event.kind !== 'run-node') continue
        const { tMs, runId, nodeName, status } = event
        const known = steps.get(runId)
        if (known) known.push({ tMs, nodeName, status })
        else steps.set(runId, [{ tMs, nodeName, status }])
      }
    },
    of: (runId: string): readonly CourseStep[] => steps.get(runId) ?? [],
  }
}
export type Courses = ReturnType<typeof createCourses>
