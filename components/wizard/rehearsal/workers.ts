import type { RehearsalMessage, RehearsalOrder } from './messages'

/** More would take the page's own core on the machines that people have. */
const mostWorkers = 2

/** The seeds in turn, so that the lanes end at about the same time. */
const lanesOf = (seeds: readonly number[], lanes: number): number[][] =>
  Array.from({ length: lanes }, (_, lane) => seeds.filter((_, index) => index % lanes === lane))

const startWorker = (order: RehearsalOrder, hear: (message: RehearsalMessage) => void): Worker => {
  const worker = new Worker(new URL('./rehearse.worker.ts', import.meta.url))
  worker.onmessage = ({ data }: MessageEvent<RehearsalMessage>) => hear(data)
  worker.onerror = () => hear({ kind: 'failed', sentence: 'The rehearsal could not be started in this browser.' })
  worker.postMessage(order)
  return worker
}

/** Starts the seeds beside the page. The returned function ends them at once; nothing is heard after it, nor after a refusal or a failure. */
export const startWorkers = (order: RehearsalOrder, hear: (message: RehearsalMessage) => void, cores: number): (() => void) => {
  const workers: Worker[] = []
  let isOver = false
  const end = () => {
    isOver = true
    for (const worker of workers) worker.terminate()
  }
  const take = (message: RehearsalMessage) => {
    if (isOver) return
    if (message.kind === 'refused' || message.kind === 'failed') end()
    hear(message)
  }
  for (const seeds of lanesOf(order.seeds, Math.min(mostWorkers, Math.max(1, cores)))) workers.push(startWorker({ ...order, seeds }, take))
  return end
}
