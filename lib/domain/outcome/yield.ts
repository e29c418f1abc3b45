import { isListRead, type LandingState, type SeenNode } from '../progress/landing'

/** New nodes by how they are paid for. `gone` of them are no longer there. Shares are 0 to 1, null where nothing is known. */
export type SpotCount = { nodes: number; spot: number; onDemand: number; unsaid: number; gone: number; spotShare: number | null; spotCpuShare: number | null }
export type GroupYield = SpotCount & { vngId: string | null; vngName: string | null; target: number | null; zones: string[]; vmSizes: string[] }

/** `others`: new nodes in pools that the run does not name; they may have come for another reason. */
export type SpotYield = SpotCount & { groups: GroupYield[]; others: number }

const isSpot = ({ lifecycle }: SeenNode): boolean => lifecycle?.toLowerCase() === 'spot'
const isOnDemand = ({ lifecycle }: SeenNode): boolean => lifecycle?.toLowerCase() === 'ondemand'

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const countOf = (nodes: readonly SeenNode[]): SpotCount => {
  const spot = nodes.filter(isSpot)
  const onDemand = nodes.filter(isOnDemand)
  const cpu = (of: readonly SeenNode[]) => of.reduce((sum, { milliCpu }) => sum + (milliCpu ?? 0), 0)
  return {
    nodes: nodes.length,
    spot: spot.length,
    onDemand: onDemand.length,
    unsaid: nodes.length - spot.length - onDemand.length,
    gone: nodes.filter(({ goneAtMs }) => goneAtMs !== null).length,
    spotShare: shareOf(spot.length, spot.length + onDemand.length),
    spotCpuShare: shareOf(cpu(spot), cpu(spot) + cpu(onDemand)),
  }
}

const distinct = (values: readonly (string | null)[]): string[] => [...new Set(values)].filter((value) => value !== null).sort()

const groupOf = (vngId: string | null, nodes: readonly SeenNode[], { targets }: LandingState): GroupYield => ({
  ...countOf(nodes),
  vngId,
  vngName: nodes[0]?.vngName ?? null,
  target: vngId === null ? null : (targets.get(vngId) ?? null),
  zones: distinct(nodes.map(({ zone }) => zone)),
  vmSizes: distinct(nodes.map(({ vmSize }) => vmSize)),
})

/** Where the new capacity of a run came from, by group, the largest first; null while Spot's list of nodes was not read. */
export const spotYieldOf = (landing: LandingState): SpotYield | null => {
  if (!isListRead(landing)) return null
  const all = [...landing.newNodes.values()]
  const named = all.filter(({ isNamed }) => isNamed)
  const ids = [...new Set(named.map(({ vngId }) => vngId))]
  const groups = ids.map((vngId): GroupYield => groupOf(vngId, named.filter((node) => node.vngId === vngId), landing))
  return { ...countOf(named), groups: groups.sort((a, b) => b.nodes - a.nodes), others: all.length - named.length }
}
