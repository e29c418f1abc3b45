import { CauseLink } from '@/components/domain/cause-link'
import { Notice } from '@/components/ui/notice'
import type { RunRecord } from '@/lib/contract/run'
import type { RunState } from '@/lib/domain/progress/state'
import { causesOf } from '@/lib/domain/outcome/causes'
import { deletedStatus } from '@/lib/domain/run-rules'
import { formatDuration } from '@/lib/format/duration'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { clockTimeSeconds } from '@/lib/format/time'

const Folded = ({ summary, lines }: { summary: string; lines: readonly string[] }) => (
  <Notice tone="warning" className="mt-3">
    <details>
      <summary className="font-semibold">{summary}</summary>
      <ul className="mt-1 flex flex-col gap-0.5 text-text-2">
        {lines.map((line, index) => (
          <li key={index}>{visibleText(line)}</li>
        ))}
      </ul>
    </details>
  </Notice>
)

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
      {stopAsked && !isOver ? (
        <Notice className="mt-3" title="Stopping.">
          {visibleText(stopAsked.askedBy)} asked for a stop at {clockTimeSeconds(stopAsked.atMs)}. The batch that is on ends first.
        </Notice>
      ) : null}
      {heard?.state === 'stale' && !isOver ? (
        <Notice tone="warning" className="mt-3" title="The controller is silent.">
          Spot last heard from the Ocean controller of this cluster {heard.lastHeartbeatMs === null ? 'at a time it does not tell' : `at ${clockTimeSeconds(heard.lastHeartbeatMs)}`}. A run fails when the connection stays away. Check that the controller’s pod runs and that only one version is installed.{' '}
          <CauseLink place="cluster" clusterId={record.run.clusterId} migrationId={record.run.migrationId} />
        </Notice>
      ) : null}
      {causesOf(log).map(({ id, sentence, remedy, place }) => (
        <Notice key={id} tone="error" className="mt-3" title={sentence}>
          {remedy} <CauseLink place={place} clusterId={record.run.clusterId} migrationId={record.run.migrationId} />
        </Notice>
      ))}
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
          lines={gaps.map(({ fromMs, untilMs, reason }) => `${clockTimeSeconds(fromMs)} to ${clockTimeSeconds(untilMs)}: ${reason}`)}
        />
      ) : null}
      {anomalies.length > 0 ? (
        <Folded
          summary={`Spot contradicted itself ${anomalies.length === 1 ? 'once' : `${anomalies.length} times`}.`}
          lines={anomalies.map(({ atMs, sentence }) => `${clockTimeSeconds(atMs)}: ${sentence}`)}
        />
      ) : null}
    </>
  )
}
