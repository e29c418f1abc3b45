import { visibleText } from '@/lib/format/safe-text'
import { absoluteTime } from '@/lib/format/time'

/** A hold as far as a rule looks at it. `endsAtMs` null holds until somebody releases. */
export type HoldFacts = { kind: 'node' | 'pool'; name: string; reason: string; heldBy: string; endsAtMs: number | null }

type PooledNode = { nodeName: string; poolName: string }

/** Finds what holds a node: its own hold first, then that of its pool. Constant time for each node. */
export const createHoldFinder = <Hold extends HoldFacts>(holds: readonly Hold[]) => {
  const byName = (kind: Hold['kind']) => new Map(holds.filter((hold) => hold.kind === kind).map((hold) => [hold.name, hold]))
  const [nodes, pools] = [byName('node'), byName('pool')]
  return ({ nodeName, poolName }: PooledNode): Hold[] => [nodes.get(nodeName), pools.get(poolName)].filter((hold) => hold !== undefined)
}

const untilText = (endsAtMs: number | null) => `until ${endsAtMs === null ? 'released' : absoluteTime(endsAtMs, 'UTC')}`

const oneReason = ({ kind, name, reason, heldBy, endsAtMs }: HoldFacts): string =>
  `“${visibleText(reason)}”, by ${visibleText(heldBy)}${kind === 'pool' ? ` for pool ${visibleText(name)}` : ''}, ${untilText(endsAtMs)}`

/** Why, who and until when, as part of a sentence; undefined where nothing holds. Times are in UTC, since everybody reads the same sentence. */
export const holdReasonOf = (holds: readonly HoldFacts[]): string | undefined => (holds.length === 0 ? undefined : holds.map(oneReason).join('; and '))
