import type { AllowedSizes } from '../matching/allowed-sizes'
import type { PlanLanding } from './facts'

const mostOf = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))

/** The largest node that a group's filters allow: of the sizes that pass where all of them are known, else by the filters' own numbers. */
export const largestSize = ({ sizes, isComplete, most }: AllowedSizes): Pick<PlanLanding, 'hasSizes' | 'maxVCpu' | 'maxMemoryGiB'> =>
  isComplete
    ? { hasSizes: sizes.length > 0, maxVCpu: mostOf(sizes.map(({ vCpu }) => vCpu)), maxMemoryGiB: mostOf(sizes.map(({ memoryGiB }) => memoryGiB)) }
    : { hasSizes: true, maxVCpu: most.vCpu, maxMemoryGiB: most.memoryGiB }
