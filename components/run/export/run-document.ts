import type { RunRecord } from '@/lib/contract/run'
import type { RunDocument } from '@/lib/contract/run-export'
import { batchLanes } from '@/lib/domain/progress/lanes'
import { countsOf, foldRun } from '@/lib/domain/progress/state'
import { spanOf, type Span } from '@/lib/domain/progress/took'
import { figuresOf } from '../facts'
import { runNodes, wasBegun } from '../node-rows'
import { instant } from './instant'
import { landingParts } from './landing-parts'

/** A time that stands for a span is told with the beginning of the span. */
const afterOf = (afterMs: number | null, atMs: number | null) => instant(afterMs === atMs ? null : afterMs)

/** What was under way, or over, when it was first told has no time here: when that was, nobody saw. */
const timesPart = ({ startedAfterMs, startedAtMs, endedAfterMs, endedAtMs, sawBegin, sawEnd }: Span) => ({
  startedAt: sawBegin ? instant(startedAtMs) : null,
  endedAt: sawEnd ? instant(endedAtMs) : null,
  startedAfter: sawBegin ? afterOf(startedAfterMs, startedAtMs) : null,
  endedAfter: sawEnd ? afterOf(endedAfterMs, endedAtMs) : null,
})

/** The file of a run: what happened to each node, in which batch, and when it was seen. */
export const runDocumentOf = ({ run, options, rehearsed, predicted, changes }: RunRecord, isRedacted: boolean): RunDocument => {
  const state = foldRun(changes)
  const figures = figuresOf(run, state)
  const { stopAsked } = state
  return {
    format: 'slipway-run',
    version: 1,
    isRedacted,
    run: {
      id: run.migrationId,
      clusterId: run.clusterId,
      status: figures.status,
      source: run.source,
      startedBy: run.startedBy,
      comment: run.comment,
      startedAt: instant(figures.startedAtMs),
      endedAt: instant(figures.endedAtMs),
      batches: state.facts?.numOfBatches ?? run.numOfBatches,
      nodePools: run.nodePoolNames ?? null,
    },
    options,
    rehearsed: rehearsed ?? null,
    predicted: predicted ?? null,
    outcome: countsOf(state),
    ...landingParts(state, options.shouldTerminateNodes),
    batches: batchLanes(state).map((lane) => ({ batch: lane.batch, ...timesPart(lane), outcome: lane.counts })),
    nodes: runNodes(state).map((node) => ({
      name: node.nodeName,
      pool: node.poolName,
      vngId: node.vngId,
      vngName: node.vngName,
      status: node.status,
      outcome: node.isVanished ? 'vanished' : node.outcome,
      batch: node.batch,
      wasBegun: wasBegun(node),
      ...timesPart(spanOf(node)),
      podsLeft: node.podsLeft,
    })),
    newCapacity: [...state.capacity.values()].map(({ poolName, vngId, vngName, newNodes, status }) => ({ pool: poolName, vngId, vngName, nodes: newNodes, status })),
    log: state.log.map(({ loggedAtMs, severity, message }) => ({ at: instant(loggedAtMs), severity, message })),
    stopAsked: stopAsked === null ? null : { at: instant(stopAsked.atMs), by: stopAsked.askedBy },
    heartbeats: state.heartbeats.map(({ atMs, state: heard, status, lastHeartbeatMs }) => ({ at: instant(atMs), state: heard, status, lastHeartbeat: instant(lastHeartbeatMs) })),
    gaps: state.gaps.map(({ fromMs, untilMs, reason }) => ({ from: instant(fromMs), until: instant(untilMs), reason })),
    contradictions: state.anomalies.map(({ atMs, sentence }) => ({ at: instant(atMs), sentence })),
  }
}
