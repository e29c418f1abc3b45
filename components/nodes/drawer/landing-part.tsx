import { NodeNames } from '@/components/domain/node-names'
import { Status } from '@/components/ui/status'
import type { NodeDetail } from '@/lib/contract/node-detail'
import { counted } from '@/lib/format/plural'
import { landingOf, type LandingLine } from './landing'

const lookOf = ({ isNowhere, isElsewhere }: LandingLine) => (isNowhere ? 'failed' : isElsewhere ? 'warning' : 'moved')

const Line = ({ line }: { line: LandingLine }) => (
  <li>
    <details>
      <summary className="cursor-pointer">
        <Status name={lookOf(line)}>
          <span className="whitespace-normal">
            {counted(line.pods.length, 'pod')}: <strong className="font-semibold">{line.where}</strong>
          </span>
        </Status>
      </summary>
      <NodeNames names={line.pods} noun="pod" />
    </details>
    <p className="pl-5 text-xs text-text-2">{line.why}</p>
  </li>
)

/** Where the node's pods would really go: their own constraints decide, the match only says what is scaled up. */
export const LandingPart = ({ detail }: { detail: NodeDetail }) => {
  const landing = landingOf(detail)
  return (
    <section aria-label="Where its pods would go">
      <h3 className="font-semibold">Where its pods would go</h3>
      {'notRead' in landing ? <p className="text-text-2">{landing.notRead}</p> : null}
      {'lines' in landing && landing.lines.length === 0 ? <p className="text-text-2">No pods have to move.</p> : null}
      {'lines' in landing && landing.lines.length > 0 ? (
        <>
          <p className="mb-1 text-xs text-text-2">A forecast by their selectors, affinity, tolerations, size and volumes. Room on nodes that run already is not looked at.</p>
          <ul className="flex flex-col gap-1.5">
            {landing.lines.map((line) => (
              <Line key={`${line.where} ${line.why}`} line={line} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
