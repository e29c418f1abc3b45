import { counted } from '@/lib/format/plural'
import type { Overdraft } from '../batches/budget-load'
import type { Finding } from '../readiness/finding'
import { findingOf } from '../readiness/rules'
import type { Capacity, CapacityRow } from './capacity'

/** Budgets that the nodes of one batch overdraw together. */
export const overdraftFindings = (overdrafts: readonly Overdraft[]): Finding[] =>
  overdrafts.map(({ batch, budget, allowed, pods, nodes }) => findingOf('pdb-overdrawn', `${budget} allows ${counted(allowed, 'disruption')} and has ${counted(pods, 'pod')}`, [`batch ${batch} with ${nodes.join(', ')}`]))

const leastText = ({ verdict, now, least }: CapacityRow): string => (verdict === 'does-not-fit' && now !== null && least !== null ? `, and ${now + least} at the very least` : '')

/** Limits of groups and of the cluster that what moves would exceed if each node were replaced by one like it. */
export const capacityFindings = ({ rows }: Capacity): Finding[] =>
  rows.flatMap((row) => {
    const { id, place, unit, now, alike, limit } = row
    if (now === null || alike === null || limit === null || now + alike <= limit) return []
    if (id.startsWith('cluster-')) return [findingOf('cluster-limit', `${now + alike} of ${limit} ${unit}${leastText(row)}`)]
    return [findingOf('vng-limit', `${place} would have ${now + alike} of at most ${counted(limit, 'node')}${leastText(row)}`)]
  })
