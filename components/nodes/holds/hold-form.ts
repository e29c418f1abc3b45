import { holdReason, mostHeldAtOnce, type HoldKind, type HoldRequest } from '@/lib/contract/holds'
import { formatCount } from '@/lib/format/numbers'
import { counted, listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'

/** What a hold is placed on. */
export type HoldTarget = { kind: HoldKind; names: readonly string[] }

type PooledNode = { nodeName: string; poolName: string }
type ChoosableNode = PooledNode & { canBeChosen: boolean }

/** The selection as nodes, and as whole pools where it leaves out none of their nodes that can be chosen. A node without a pool is held as a node. */
export const targetsOf = (selected: readonly PooledNode[], all: readonly ChoosableNode[]): [HoldTarget, ...HoldTarget[]] => {
  const names = new Set(selected.map(({ nodeName }) => nodeName))
  const pools = [...new Set(selected.map(({ poolName }) => poolName))]
  const isWhole = all.every(({ nodeName, poolName, canBeChosen }) => !canBeChosen || names.has(nodeName) || !pools.includes(poolName))
  return [{ kind: 'node', names: [...names] }, ...(isWhole && !pools.includes('') ? [{ kind: 'pool' as const, names: pools }] : [])]
}

const mostListed = 3

/** In a sentence: `12 nodes`, `pool npweb`, `aks-npweb-1`. */
export const targetWords = ({ kind, names }: HoldTarget): string => {
  if (kind === 'pool') return names.length > mostListed ? counted(names.length, 'pool') : `${names.length === 1 ? 'pool' : 'pools'} ${listed(names.map(visibleText))}`
  return names.length === 1 ? visibleText(names[0] ?? '') : counted(names.length, 'node')
}

export const endChoices = ['released', 'hour', 'day', 'moment'] as const
export type EndChoice = (typeof endChoices)[number]

/** The form as it stands on screen. `moment` is what the browser's date field gives: local time without a zone. */
export type HoldForm = { target: HoldTarget; reason: string; end: EndChoice; moment: string }

const hourMs = 3_600_000
const spans: Partial<Record<EndChoice, number>> = { hour: hourMs, day: 24 * hourMs }

/** What of a form is kept while it is open. What is held is chosen anew: the selection is kept by itself. */
export const keptPart = ({ target: { kind }, reason, end, moment }: HoldForm) => ({ kind, reason, end, moment })

const isText = (value: unknown): value is string => typeof value === 'string'

/** The form as it was left, where what was kept is one; else as it begins. */
export const formAsLeft = (start: HoldForm, targets: readonly HoldTarget[], left: unknown): HoldForm => {
  const { kind, reason, end, moment } = (left ?? {}) as Partial<Record<string, unknown>>
  const choice = endChoices.find((one) => one === end)
  if (choice === undefined || !isText(reason) || !isText(moment)) return start
  return { target: targets.find((target) => target.kind === kind) ?? start.target, reason, end: choice, moment }
}

/** When a hold placed now would end; null holds until released, undefined is no moment yet. */
export const endOf = ({ end, moment }: Pick<HoldForm, 'end' | 'moment'>, nowMs: number): number | null | undefined => {
  if (end === 'released') return null
  const span = spans[end]
  if (span !== undefined) return nowMs + span
  const atMs = Date.parse(moment)
  return Number.isNaN(atMs) ? undefined : atMs
}

/** A point in time as the browser's date field wants it: the reader's own clock, to the minute. */
export const momentText = (atMs: number, offsetMinutes = new Date(atMs).getTimezoneOffset()): string => new Date(atMs - offsetMinutes * 60_000).toISOString().slice(0, 16)

export type HoldFaults = { target?: string; reason?: string; end?: string }

const endFault = (endsAtMs: number | null | undefined, nowMs: number): string | undefined => {
  if (endsAtMs === undefined) return 'Choose day and time.'
  return endsAtMs !== null && endsAtMs <= nowMs ? 'The end lies in the past.' : undefined
}

/** What is sent, or what is wrong with it. */
export const readHoldForm = (form: HoldForm, nowMs: number): { request: HoldRequest; faults: null } | { request: null; faults: HoldFaults } => {
  const { kind, names } = form.target
  const reason = holdReason.safeParse(form.reason)
  const endsAtMs = endOf(form, nowMs)
  const end = endFault(endsAtMs, nowMs)
  const target = names.length > mostHeldAtOnce ? `At most ${formatCount(mostHeldAtOnce)} are held at once.` : undefined
  if (reason.success && end === undefined && target === undefined && endsAtMs !== undefined)
    return { request: { kind, names: [...names], reason: reason.data, endsAtMs }, faults: null }
  return {
    request: null,
    faults: { ...(target === undefined ? {} : { target }), ...(reason.success ? {} : { reason: reason.error.issues[0]?.message ?? 'The reason is not valid.' }), ...(end === undefined ? {} : { end }) },
  }
}
