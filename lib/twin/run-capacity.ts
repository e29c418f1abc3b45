import { startDrain } from './drain'
import { say, type Engine, type Launch, type RunWork } from './engine-context'
import { endNode, loseNode } from './run-node'
import type { CapacityStatus, TwinRun } from './types'

type PoolCount = { vngId: string; asked: number; awaited: number; lost: number }

const statusOf = ({ asked, awaited, lost }: PoolCount): CapacityStatus => {
  if (awaited > 0) return 'SCALING'
  if (lost === 0) return 'COMPLETED'
  return lost === asked ? 'FAILED' : 'PARTIAL_SUCCESS'
}

const showRow = (engine: Engine, run: TwinRun, poolName: string, count: PoolCount): void => {
  const row = { poolName, vngId: count.vngId, newNodes: count.asked - count.lost, status: statusOf(count) }
  const shown = run.capacity.get(poolName)
  if (shown?.status !== row.status || shown.newNodes !== row.newNodes) engine.emit({ kind: 'capacity', runId: run.id, row })
}

/** Counts a node that a run has asked for. */
export const noteAsked = (work: RunWork, poolName: string, vngId: string): void => {
  const count = work.pools.get(poolName) ?? { vngId, asked: 0, awaited: 0, lost: 0 }
  work.pools.set(poolName, { ...count, asked: count.asked + 1, awaited: count.awaited + 1 })
}

/** Brings the run's rows of new capacity in line with what was counted. */
export const showCapacity = (engine: Engine, run: TwinRun, work: RunWork): void => {
  for (const [poolName, count] of work.pools) showRow(engine, run, poolName, count)
}

/** At the end of a run nothing is awaited any more: what has not come is not counted. */
export const closeCapacity = (engine: Engine, run: TwinRun, work: RunWork): void => {
  for (const [poolName, count] of work.pools)
    showRow(engine, run, poolName, { ...count, awaited: 0, lost: count.lost + count.awaited })
}

/** Takes the cloud's answer to the run that asked; old nodes that waited for nothing else are drained. */
export const noteSettled = (engine: Engine, launch: Launch, isUp: boolean): void => {
  const run = launch.runId === null ? undefined : engine.state.runs.get(launch.runId)
  const work = run && engine.work.get(run.id)
  if (run === undefined || work === undefined) return
  const poolName = launch.node?.poolName
  const count = poolName === undefined ? undefined : work.pools.get(poolName)
  if (poolName !== undefined && count !== undefined) {
    count.awaited -= 1
    if (!isUp) count.lost += 1
    showRow(engine, run, poolName, count)
  }
  for (const oldNode of launch.oldNodes) {
    const wait = work.waits.get(oldNode)
    if (wait === undefined) continue
    wait.left -= 1
    wait.hasFailed ||= !isUp
    if (wait.left === 0) release(engine, run, oldNode, wait.hasFailed)
  }
}

const release = (engine: Engine, run: TwinRun, oldNode: string, hasFailed: boolean): void => {
  if (run.isStopping || run.nodes.get(oldNode)?.status !== 'IN_PROGRESS') return
  if (!engine.state.nodes.has(oldNode)) return loseNode(engine, run, oldNode)
  if (!hasFailed) return startDrain(engine, run, oldNode)
  say(engine, 'ERROR', `Node ${oldNode} could not be replaced: no healthy replacement became available in time.`, oldNode)
  endNode(engine, run, oldNode, 'COULD_NOT_BE_REPLACED')
}
