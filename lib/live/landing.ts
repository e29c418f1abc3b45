import 'server-only'
import type { KubeFacts } from '@/lib/domain/kube-facts'
import type { NewRunChange } from '@/lib/domain/progress/change'
import { doubtOf, lookOf, missedLook, type LookInput } from '@/lib/domain/progress/landing-look'
import { outcomeOf } from '@/lib/domain/run-rules'
import type { KubeReader } from '@/lib/kube/reader'
import type { SpotClient } from '@/lib/spot/client'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { SpotNode } from '@/lib/spot/schemas/node'
import { problemOf } from './problem'
import type { Recorder } from './recorder'
import type { Timers } from './timers'

export type KubeLooks = Pick<KubeReader, 'isConnected' | 'read'>

type LandingOptions = {
  clusterId: string
  /** The run is known to respect restrict scale down. */
  respectsRestriction: boolean
  recorder: Recorder
  spot: Pick<SpotClient, 'listNodes' | 'listVngs' | 'pace'>
  kube: KubeLooks
  timers: Timers
  /** The cluster's nodes as a look has read them. */
  onNodes: (nodes: readonly SpotNode[], at: 'first' | 'later' | 'last') => void
}

export type LandingCheck = {
  /** Looks at the cluster in the background where the reading says that a batch has ended. */
  note: (migration: Migration, signal: AbortSignal) => void
  /** The look at the end of the run: what it adds, within `lookMs`. `lateMs`: by how much the end was missed at most. Never throws. */
  last: (migration: Migration, lateMs: number, signal: AbortSignal) => Promise<NewRunChange[]>
}

/** How long a look may take: the end of a run is recorded with it, and waits no longer. */
const lookMs = 15_000
/** From this pace on little of the budget is left, which the readings of runs need more. */
const tooSlow = 4
/** A look between batches may share a reading that a page has just asked for; the last is of the end. */
const kubeMaxAgeMs = 5_000
/** A list that is not believed is read once more: a replica of Spot's that was behind may have caught up by then. */
const againAfterMs = 2_000

/** What the cluster shows by then is not laid at the run's door: others have added, moved and removed nodes and pods. */
const tooLateMs = 10 * 60_000

const late = { problem: 'Spot’s list of nodes took too long.' }
const spent = { problem: 'Little of Spot’s budget was left, so its list of nodes was not read.' }
const kubeLate = { state: 'failed', sentence: 'Kubernetes took too long.', remedy: '' } as const

/**
 * Looks at the cluster once before the first batch, once after each, and at the end: at most one Get Cluster
 * Nodes for a batch, and one reading of Kubernetes where it is connected.
 */
export const createLandingCheck = ({ clusterId, respectsRestriction, recorder, spot, kube, timers, onNodes }: LandingOptions): LandingCheck => {
  // A last look names the batch that was on: where Spot took the end back, that one is still to be looked at.
  let looked = recorder.state().landing.looks.reduce((most, { batch, isLast }) => Math.max(most, (batch ?? 0) - (isLast ? 1 : 0)), -1)
  let isLooking = false
  let isOver = false

  const inTime = async <Value>(work: Promise<Value>, instead: Value): Promise<Value> => {
    let cancel = () => {}
    const end = new Promise<Value>((resolve) => {
      cancel = timers.after(lookMs, () => resolve(instead))
    })
    return Promise.race([work, end]).finally(() => cancel())
  }

  const pause = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve))

  /** The names of the run's nodes as they are known by now; another look may have been recorded meanwhile. */
  const namesOf = ({ oldNodes }: Migration): Pick<LookInput, 'oldNames' | 'movedNames'> => {
    const nodes = [...recorder.state().nodes.values(), ...oldNodes]
    const moved = nodes.filter(({ status }) => outcomeOf(status) === 'moved')
    return { oldNames: new Set(nodes.map(({ nodeName }) => nodeName)), movedNames: new Set(moved.map(({ nodeName }) => nodeName)) }
  }

  const readNodes = async (migration: Migration, at: 'first' | 'later' | 'last', signal: AbortSignal): Promise<LookInput['nodes']> => {
    if (at === 'later' && spot.pace('listNodes') >= tooSlow) return spent
    const read = async () => (await spot.listNodes(clusterId, { fresh: true, signal })).data
    const isDoubtful = (nodes: readonly SpotNode[]) => doubtOf(recorder.state().landing, namesOf(migration), nodes) !== null
    try {
      let nodes = await read()
      if (isDoubtful(nodes)) {
        await pause(againAfterMs)
        nodes = await read()
      }
      if (!isDoubtful(nodes)) onNodes(nodes, at)
      return nodes
    } catch (error) {
      return { problem: problemOf(error).detail }
    }
  }

  const readTargets = async (signal: AbortSignal): Promise<LookInput['targets']> => {
    try {
      const { data } = await spot.listVngs(clusterId, { signal })
      return data.flatMap(({ id, strategy }) => (strategy?.spotPercentage == null ? [] : [{ vngId: id, spotPercentage: strategy.spotPercentage }]))
    } catch {
      return []
    }
  }

  const readKube = async (maxAgeMs: number): Promise<Pick<KubeFacts, 'pods' | 'nodes'> | null> => ((await kube.isConnected(clusterId).catch(() => false)) ? kube.read(clusterId, maxAgeMs) : null)

  const look = async (migration: Migration, batch: number | null, at: 'first' | 'later' | 'last', signal: AbortSignal): Promise<NewRunChange> => {
    const isLast = at === 'last'
    const [nodes, targets, facts] = await Promise.all([
      inTime(readNodes(migration, at, signal), late),
      isLast ? inTime(readTargets(signal), []) : [],
      inTime<Pick<KubeFacts, 'pods' | 'nodes'> | null>(readKube(isLast ? 0 : kubeMaxAgeMs), { pods: kubeLate, nodes: kubeLate }),
    ])
    const state = recorder.state()
    const body = lookOf(state.landing, {
      batch,
      isLast,
      ...namesOf(migration),
      scaledPools: new Set([...state.capacity.values(), ...migration.scaleNodePools.map(({ nodePoolName: poolName }) => ({ poolName }))].map(({ poolName }) => poolName)),
      respectsRestriction,
      createdAtMs: migration.createdAt === null ? null : Date.parse(migration.createdAt),
      nodes,
      targets,
      kube: facts,
    })
    return { kind: 'landing', body }
  }

  return {
    note: (migration, signal) => {
      const ended = Math.max(0, (migration.currentBatch ?? 1) - 1)
      if (isLooking || ended <= looked) return
      const at = looked < 0 ? 'first' : 'later'
      isLooking = true
      looked = ended
      void look(migration, ended, at, signal)
        .then((change) => (signal.aborted || isOver ? undefined : recorder.record([change])))
        .finally(() => {
          isLooking = false
        })
    },
    last: async (migration, lateMs, signal) => {
      isOver = true
      if (lateMs >= tooLateMs) return [{ kind: 'landing', body: missedLook(migration.currentBatch, lateMs) }]
      return [await look(migration, migration.currentBatch, 'last', signal)]
    },
  }
}
