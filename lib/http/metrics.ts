import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '@/lib/errors'
import type { Server } from '@/lib/server'

type Kind = 'counter' | 'gauge'
type Sample = { labels?: Record<string, string>; value: number }

const escaped = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
const labelsOf = (labels: Record<string, string> = {}) => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** One metric in the text format of Prometheus (exposition format 0.0.4). */
const family = (name: string, kind: Kind, help: string, samples: readonly Sample[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`), ''].join('\n')

const one = (value: number): Sample[] => [{ value }]

type Source = Pick<Server, 'live' | 'transport' | 'failures'>

/**
 * What this process counts. Labels are names of routes, outcomes and codes of closed sets: nothing that came
 * from a request or from Spot stands in them. Budgets of several organizations show as the lowest of them.
 */
const metricsText = ({ live, transport, failures }: Source): string => {
  const { watchers, streams } = live.counts()
  const counts = transport.counts()
  const calls = counts.flatMap(({ route, outcome, calls: value }) => (outcome === 'held-back' ? [] : [{ labels: { route, outcome }, value }]))
  const heldBack = counts.flatMap(({ route, outcome, calls: value }) => (outcome === 'held-back' ? [{ labels: { route }, value }] : []))
  const budget = transport.budget.lowest()
  const left = budget.flatMap(({ route, remaining }) => (remaining === null ? [] : [{ labels: { route }, value: remaining }]))
  const limit = budget.flatMap(({ route, limit: value }) => (value === null ? [] : [{ labels: { route }, value }]))
  const errors = [...failures].map(([code, value]) => ({ labels: { code }, value }))
  return [
    family('slipway_upstream_calls_total', 'counter', 'Calls to the Spot API by route and outcome, each attempt once.', calls),
    family('slipway_upstream_held_back_total', 'counter', 'Calls that were not sent, by route: Spot blocks it, or its window is spent.', heldBack),
    family('slipway_upstream_budget_left', 'gauge', 'Calls left in the running window, of the organization with the fewest.', left),
    family('slipway_upstream_budget_limit', 'gauge', 'Calls that window began with, of the same organization.', limit),
    family('slipway_watchers', 'gauge', 'Runs that this process reads and records.', one(watchers)),
    family('slipway_viewers', 'gauge', 'Open live streams of this process.', one(streams)),
    family('slipway_watch_lag_seconds', 'gauge', 'Age of the oldest last reading among the watched runs.', one(live.lagMs() / 1000)),
    family('slipway_errors_total', 'counter', 'Requests that ended with an error, by code.', errors),
  ].join('')
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Throws `not_signed_in` unless the request carries the token that this server was given; without one, all may read. */
export const requireMetricsToken = (request: Pick<Request, 'headers'>, token: string | null): void => {
  if (token === null || timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(`Bearer ${token}`))) return
  throw new AppError('not_signed_in', { detail: 'These numbers need the token of SLIPWAY_METRICS_TOKEN.' })
}

export const metricsReply = (server: Source): Response => new Response(metricsText(server), { headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' } })
