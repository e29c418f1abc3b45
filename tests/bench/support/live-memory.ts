import { once } from 'node:events'
import { WebSocket } from 'undici'

export type LiveMemory = {
  /** Bytes that the process still uses once its garbage is collected: heap, and buffers outside it. */
  liveBytes: () => Promise<number>
  close: () => void
}

type Reply = { id?: number; result?: { result?: { value?: unknown } } }

const addressIn = async (output: () => string): Promise<string> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = /Debugger listening on (ws:\S+)/.exec(output())?.[1]
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The process did not open its inspector.')
}

/**
 * Opens the inspector of a running Node process, which needs nothing of it beforehand. What a process holds of the
 * system's memory tells how lazily it collects; this tells what it needs. `output` is what it has said so far.
 */
export const openLiveMemory = async (pid: number, output: () => string): Promise<LiveMemory> => {
  process.kill(pid, 'SIGUSR1')
  const socket = new WebSocket(await addressIn(output))
  await once(socket, 'open')
  const waiting = new Map<number, (reply: Reply) => void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply)
  })
  const ask = (method: string, params: object = {}) =>
    new Promise<Reply>((resolve) => {
      last += 1
      waiting.set(last, resolve)
      socket.send(JSON.stringify({ id: last, method, params }))
    })
  return {
    liveBytes: async () => {
      // What the first one lets go of keeps its buffers until the second.
      for (let round = 0; round < 2; round += 1) await ask('HeapProfiler.collectGarbage')
      const { result } = await ask('Runtime.evaluate', { expression: 'process.memoryUsage().heapUsed + process.memoryUsage().external' })
      return Number(result?.result?.value)
    },
    close: () => socket.close(),
  }
}
