import type { GenerateInput } from '@/lib/twin/generate/cluster'
import type { TwinSpec, TwinSwitches } from '@/lib/twin/types'

/** A named situation: the kind of cluster, and what is switched in it at its start. */
type Scenario = { help: string; cluster: Pick<GenerateInput, 'scenario'>; switches: (spec: TwinSpec) => Partial<TwinSwitches> }

/** The same node on every start, so that a newcomer who tries again sees the same story. */
const oneCursed = ({ nodes }: TwinSpec): Partial<TwinSwitches> => {
  const candidates = nodes.filter(({ poolName, vngId }) => poolName === 'npapi' && vngId === null)
  return { cursedNodes: candidates.slice(2, 3).map(({ name }) => name) }
}

export const scenarioNames = ['calm', 'mixed'] as const
export type ScenarioName = (typeof scenarioNames)[number]

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  calm: { help: 'every node with a match can be replaced', cluster: { scenario: 'calm' }, switches: () => ({}) },
  mixed: { help: 'budgets that allow nothing, stand-alone pods, one replacement that never becomes healthy', cluster: { scenario: 'mixed' }, switches: oneCursed },
}
