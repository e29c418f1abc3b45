import type { RunStart, TwinEvent, TwinRun, TwinState } from './types'

type RunEvent = Extract<TwinEvent, { runId: string } | { kind: 'run-created' }>

/** A run as the state holds it, made of copies: what started it stays as it was. */
export const runFrom = (start: RunStart): TwinRun => ({
  ...start,
  changedAtMs: start.endedAtMs ?? start.createdAtMs,
  nodes: new Map(start.nodes.map((node) => [node.nodeName, { ...node }])),
  capacity: new Map(start.capacity.map((row) => [row.poolName, row])),
})

export const applyRunEvent = (state: TwinState, event: RunEvent): void => {
  if (event.kind === 'run-created') {
    state.runs.set(event.run.id, runFrom(event.run))
    return
  }
  const run = state.runs.get(event.runId)
  if (run === undefined) return
  run.changedAtMs = event.tMs
  switch (event.kind) {
    case 'batch-started':
      run.currentBatch = event.batch
      return
    case 'run-node': {
      const node = run.nodes.get(event.nodeName)
      if (node) Object.assign(node, { status: event.status, vngId: event.vngId, podNames: event.podNames })
      return
    }
    case 'capacity':
      run.capacity.set(event.row.poolName, event.row)
      return
    case 'stop-asked':
      run.isStopping = true
      return
    case 'run-ended':
      run.status = event.status
      run.endedAtMs = event.tMs
      return
  }
}
