'use client'

import { useQuery } from '@tanstack/react-query'
import { expectBatch } from '@/lib/domain/forecast/estimate'
import { historyFactsQuery } from '@/lib/queries/history-facts'
import { FactLine, type FactLineProps } from './fact-line'

/** The line of facts while no batch of the run has ended: how long one takes is taken from recorded runs. Its size is not told: the nodes, spread evenly. */
export const ExpectingFacts = ({ clusterId, numOfBatches, ...props }: FactLineProps & { clusterId: string; numOfBatches: number }) => {
  const { data } = useQuery(historyFactsQuery(clusterId))
  const own = data?.times ?? null
  const size = Math.max(1, Math.round(props.figures.counts.total / Math.max(1, numOfBatches)))
  return <FactLine {...props} expected={own === null ? null : expectBatch(own, size)} />
}
