import { expect, test } from 'vitest'
import { isFinalRun } from '@/lib/domain/run-rules'
import { createFleet } from '@/lib/simulator/fleet'
import { readFlags } from '@/lib/simulator/flags'
import { clusterIds } from '@/lib/simulator/people'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const nodesOfRun = 20
const promisedMs = 180_000

/** The demo's cluster as it stands without any option, and its speed. */
const demo = () => {
  const flags = readFlags([])
  if (flags === 'help') throw new Error('No flags were read.')
  const cluster = createFleet(flags, () => undefined).clusters.get(clusterIds.demo)
  if (cluster === undefined) throw new Error('The demo has no cluster.')
  return { twin: cluster.twin, speed: flags.speed }
}

const unmanaged = ({ twin }: ReturnType<typeof demo>): string[] => [...twin.state.nodes.values()].flatMap(({ name, vngId, mode }) => (vngId === null && mode === 'user' ? [name] : []))

const every = (step: number) => (_: string, index: number) => index % step === 0

test.each([
  ['the first', (names: string[]) => names],
  ['the last', (names: string[]) => names.toReversed()],
  ['every third', (names: string[]) => names.filter(every(3))],
  ['every fourth', (names: string[]) => names.filter(every(4))],
])('at its default speed a demo migration of %s twenty nodes ends within three minutes', (_, choose) => {
  const started = demo()
  const { twin, speed } = started
  const nodeNames = choose(unmanaged(started)).slice(0, nodesOfRun)
  expect(nodeNames).toHaveLength(nodesOfRun)
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options: defaultMigrationOptions } })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  const run = outcome.value
  twin.run(run.createdAtMs + promisedMs * speed)
  expect(isFinalRun(run.status), run.status).toBe(true)
})
