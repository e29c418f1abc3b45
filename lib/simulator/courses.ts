import type { NodeStatus } from '@/lib/domain/run-rules'
import type { Lifecycle, TwinEvent, TwinMs, TwinState } from '@/lib/twin/types'

/** A node of a run that came to a status. */
export type CourseStep = { tMs: TwinMs; nodeName: string; status: NodeStatus }
/** A node that Ocean added after the run had begun, whatever for. */
export type CourseNode = { tMs: TwinMs; nodeName: string; poolName: string; lifecycle: Lifecycle; goneMs: TwinMs | null }
type Gone = { tMs: TwinMs; name: string; nodeName: string }

/** `gone`: old nodes that were taken away. `lostPods`: pods of theirs without an owner that are gone, `namespace/name`. */
export type Course = { steps: CourseStep[]; newNodes: CourseNode[]; gone: Gone[]; lostPods: Gone[] }

const empty = (): Course => ({ steps: [], newNodes: [], gone: [], lostPods: [] })

/** What became of the nodes and pods of each run, and when: what an interface that is asked now and then can only tell in part. */
export const createCourses = ({ pods, workloads }: TwinState) => {
  const courses = new Map<string, Course & { nodeNames: Set<string> }>()
  const standAlone = new Map([...pods.values()].flatMap((pod) => (workloads.get(pod.workloadId)?.kind === 'Standalone' ? [[pod.id, pod.nodeName]] : [])))

  const tellGone = (list: 'gone' | 'lostPods', tMs: TwinMs, name: string, nodeName: string) => {
    for (const course of courses.values()) if (course.nodeNames.has(nodeName)) course[list].push({ tMs, name, nodeName })
  }
  const take = (event: TwinEvent): void => {
    const { tMs } = event
    if (event.kind === 'run-created') courses.set(event.run.id, { ...empty(), nodeNames: new Set(event.run.nodes.map(({ nodeName }) => nodeName)) })
    else if (event.kind === 'run-node') courses.get(event.runId)?.steps.push({ tMs, nodeName: event.nodeName, status: event.status })
    else if (event.kind === 'node-added') {
      const { name: nodeName, poolName, lifecycle, vngId } = event.node
      if (vngId !== null) for (const { newNodes } of courses.values()) newNodes.push({ tMs, nodeName, poolName, lifecycle, goneMs: null })
    } else if (event.kind === 'node-removed') {
      tellGone('gone', tMs, event.nodeName, event.nodeName)
      for (const { newNodes } of courses.values()) for (const node of newNodes) if (node.nodeName === event.nodeName) node.goneMs = tMs
    } else if (event.kind === 'pod-bound' && standAlone.has(event.podId)) standAlone.set(event.podId, event.nodeName)
    else if (event.kind === 'pod-removed') tellGone('lostPods', tMs, event.podId, standAlone.get(event.podId) ?? '')
  }

  return {
    follow: (events: TwinEvent[]): void => events.forEach(take),
    of: (runId: string): Course => courses.get(runId) ?? empty(),
  }
}
export type Courses = ReturnType<typeof createCourses>
