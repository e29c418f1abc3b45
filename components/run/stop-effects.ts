import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { counted } from '@/lib/format/plural'

export type StopEffect = { id: 'finishes' | 'freed' | 'stays'; title: string; sentence: string }

const isAre = (count: number) => (count === 1 ? 'is' : 'are')

/**
 * What a stop does to the nodes as they stand now. Source: Ocean AKS user guide, "Workload migration": the
 * next batch does not start, nodes not yet drained become schedulable again, moved workloads stay.
 */
export const stopEffects = ({ moved, moving, toGo }: OutcomeCounts): StopEffect[] => [
  {
    id: 'finishes',
    title: 'Finishes',
    sentence:
      moving === 0
        ? 'No node is in progress. The next batch does not start.'
        : `${counted(moving, 'node')} of the batch that is on ${isAre(moving)} dealt with first: evicted pods are placed on new nodes. The next batch does not start.`,
  },
  {
    id: 'freed',
    title: 'Becomes schedulable again',
    sentence:
      toGo === 0
        ? 'No node is still to be migrated. A node in progress that is not drained yet takes pods again.'
        : `${counted(toGo, 'node')} not begun ${isAre(toGo)} left alone and ${toGo === 1 ? 'takes' : 'take'} pods again, as does a node in progress that is not drained yet. They end as not migrated.`,
  },
  {
    id: 'stays',
    title: 'Stays moved',
    sentence: moved === 0 ? 'Nothing has moved yet.' : `${counted(moved, 'node')} already moved ${moved === 1 ? 'stays' : 'stay'} moved. A stop takes nothing back.`,
  },
]
