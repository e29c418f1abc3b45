import type { TwinEvent, TwinMs, TwinNode, TwinState } from '@/lib/twin/types'

/** A node as it cost money: from when to when, null while it is there. */
export type Lifetime = Pick<TwinNode, 'allocatable' | 'lifecycle'> & { fromMs: TwinMs; toMs: TwinMs | null }

/** When each node came and went. A node that leaves Ocean stays in the cluster and goes on to cost. */
export const createLifetimes = ({ nodes }: TwinState) => {
  const gone: Lifetime[] = []
  const present = new Map<string, Lifetime>()
  const come = ({ name, allocatable, lifecycle, createdAtMs }: TwinNode) => present.set(name, { allocatable, lifecycle, fromMs: createdAtMs, toMs: null })
  const go = (name: string, toMs: TwinMs) => {
    const lifetime = present.get(name)
    if (lifetime === undefined) return
    gone.push({ ...lifetime, toMs })
    present.delete(name)
  }
  for (const node of nodes.values()) come(node)

  return {
    follow: (events: TwinEvent[]): void => {
      for (const event of events) {
        if (event.kind === 'node-added') come(event.node)
        else if (event.kind === 'node-removed') go(event.nodeName, event.tMs)
      }
    },
    all: (): Lifetime[] => [...gone, ...present.values()],
  }
}
export type Lifetimes = ReturnType<typeof createLifetimes>
