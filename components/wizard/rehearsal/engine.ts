import type { QueryClient } from '@tanstack/react-query'
import { rehearsalFactsQuery } from '@/lib/queries/rehearsal'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import { summarise } from '@/lib/rehearsal/summary'
import { basisOf, type RehearsalBasis } from './basis'
import type { RehearsalMessage } from './messages'
import { wantedSeeds } from './rehearsal-state'
import { startWorkers } from './workers'

/** Results are summed up at most this often. */
const drawEveryMs = 250

/** Hands messages on in bundles, so that a fast worker does not keep the page drawing. */
const bundled = (hear: (messages: RehearsalMessage[]) => void) => {
  let waiting: RehearsalMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const messages = waiting
    waiting = []
    hear(messages)
  }
  return {
    take: (message: RehearsalMessage) => {
      waiting.push(message)
      timer ??= setTimeout(flush, drawEveryMs)
    },
    drop: () => clearTimeout(timer),
  }
}

type Order = { client: QueryClient; clusterId: string; plan: RehearsalPlan; signal: AbortSignal; onRead: (basis: RehearsalBasis) => void; onHeard: (messages: RehearsalMessage[]) => void }

/** Reads the facts and starts the workers on them. Throws what the reading throws; an abort ends either at once. */
const begin = async ({ client, clusterId, plan, signal, onRead, onHeard }: Order): Promise<void> => {
  const query = rehearsalFactsQuery(clusterId)
  signal.addEventListener('abort', () => void client.cancelQueries({ queryKey: query.queryKey }), { once: true })
  const answer = await client.fetchQuery(query)
  if (signal.aborted) return
  onRead(basisOf(answer, plan))
  const { take, drop } = bundled(onHeard)
  const end = startWorkers({ facts: answer.facts, plan, seeds: wantedSeeds }, take, navigator.hardwareConcurrency)
  signal.addEventListener('abort', () => {
    drop()
    end()
  })
}

/** What only a rehearsal needs. It is loaded with the first one. */
export const engine = { begin, summarise }
export type Engine = typeof engine
