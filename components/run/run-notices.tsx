import type { ReactNode } from 'react'
import { CauseLink } from '@/components/domain/cause-link'
import { Notice } from '@/components/ui/notice'
import { Fold } from '@/components/ui/paper'
import { Clock } from '@/components/ui/time'
import type { RunRecord } from '@/lib/contract/run'
import type { RunState } from '@/lib/domain/progress/state'
import { isStopping, type StopAsked } from '@/lib/domain/progress/stop-asked'
import { causesOf } from '@/lib/domain/outcome/causes'
import { deletedStatus } from '@/lib/domain/run-rules'
import { formatDuration } from '@/lib/format/duration'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { NoCauseNotice } from './no-cause-notice'
import { StopSoFar } from './stop-so-far'

const Folded = ({ summary, lines }: { summary: string; lines: readonly ReactNode[] }) => (
  <Notice tone="warning" className="mt-3">
    <Fold summary={<strong className="font-semibold">{summary}</strong>}>
      <ul className="mt-1 flex flex-col gap-0.5 text-text-2">
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </Fold>
  </Notice>
)

const StopNotice = ({ asked: { askedBy, atMs }, state, isOver }: { asked: StopAsked; state: RunState; isOver: boolean }) => {
  if (isOver)
    return (
      <Notice className="mt-3" title="Stop asked for">
        by {visibleText(askedBy)} at <Clock atMs={atMs} />.
      </Notice>
    )
  return isStopping(state) ? (
    <Notice className="mt-3" title="Stopping.">
      <StopSoFar state={state} />
    </Notice>
  ) : (
    <Notice tone="warning" className="mt-3" title="Not stopping.">
      <StopSoFar state={state} /> Ask again.
    </Notice>
  )
}

/** What a reader must know before the figures: a stop that was asked for, failure causes, holes in the record. */
export const RunNotices = ({ record, state, isOver }: { record: RunRecord; state: RunState; isOver: boolean }) => {
  const { gaps, stopAsked, log, heartbeats } = state
  const isDeleted = state.facts?.status === deletedStatus
  // That the run was deleted is noted last, and is no contradiction.
  const anomalies = isDeleted ? state.anomalies.slice(0, -1) : state.anomalies
  const heard = heartbeats.at(-1)
  const gapMs = gaps.reduce((sum, { fromMs, untilMs }) => sum + (untilMs - fromMs), 0)
  return (
    <>
      {stopAsked ? <StopNotice asked={stopAsked} state={state} isOver={isOver} /> : null}
      {heard?.state === 'stale' && !isOver ? (
        <Notice tone="warning" className="mt-3" title="The controller is silent.">
          Spot last heard from the Ocean controller of this cluster at {heard.lastHeartbeatMs === null ? 'a time it does not tell' : <Clock atMs={heard.lastHeartbeatMs} />}. A run fails when the connection stays away. Check that the controller’s pod runs and that only one version is installed.{' '}
          <CauseLink place="cluster" clusterId={record.run.clusterId} migrationId={record.run.migrationId} />
        </Notice>
      ) : null}
      {heard?.state === 'inactive' && !isOver ? (
        <Notice tone="warning" className="mt-3" title={`Spot says ${visibleText(heard.status ?? '')} of the controller.`}>
          It last reported at {heard.lastHeartbeatMs === null ? 'a time that Spot does not tell' : <Clock atMs={heard.lastHeartbeatMs} />}, so it is not silent. A run fails when it becomes so. Check the controller’s pod and its log.{' '}
          <CauseLink place="cluster" clusterId={record.run.clusterId} migrationId={record.run.migrationId} />
        </Notice>
      ) : null}
      {causesOf(log).map(({ id, sentence, remedy, place }) => (
        <Notice key={id} tone="error" className="mt-3" title={sentence}>
          {remedy} <CauseLink place={place} clusterId={record.run.clusterId} migrationId={record.run.migrationId} />
        </Notice>
      ))}
      {isOver ? <NoCauseNotice clusterId={record.run.clusterId} state={state} /> : null}
      {isDeleted ? (
        <Notice tone="warning" className="mt-3" title="Deleted in Spot.">
          Spot no longer knows this run, so how it ended is not known. The record ends with what was seen last. Look at the cluster itself before you plan these nodes again.
        </Notice>
      ) : null}
      {record.run.source === 'api' ? (
        <Notice className="mt-3" title="Known from the API only.">
          Slipway has no record of this run: it was not recorded here, or its record was deleted. The end is what Spot tells now, and there is no course of it to draw.
        </Notice>
      ) : null}
      {record.run.source === 'elsewhere' ? (
        <Notice className="mt-3" title="Launched elsewhere.">
          Slipway records it from when it first saw it; what was before is missing.
        </Notice>
      ) : null}
      {gaps.length > 0 ? (
        <Folded
          summary={`${counted(gaps.length, 'gap')} in the record, ${formatDuration(gapMs)} in all. What happened meanwhile is known only by its result.`}
          lines={gaps.map(({ fromMs, untilMs, reason }) => (
            <>
              <Clock atMs={fromMs} /> to <Clock atMs={untilMs} />: {visibleText(reason)}
            </>
          ))}
        />
      ) : null}
      {anomalies.length > 0 ? (
        <Folded
          summary={`Spot contradicted itself ${anomalies.length === 1 ? 'once' : `${anomalies.length} times`}.`}
          lines={anomalies.map(({ atMs, sentence }) => (
            <>
              <Clock atMs={atMs} />: {visibleText(sentence)}
            </>
          ))}
        />
      ) : null}
    </>
  )
}
