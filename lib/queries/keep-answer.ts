import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Shows what a write has answered. A reading that is still on its way was asked before the write and would
 * put the old state back: it is dropped.
 */
export const keepAnswer = async <Answer>(client: QueryClient, queryKey: QueryKey, answer: Answer): Promise<void> => {
  await client.cancelQueries({ queryKey, exact: true })
  client.setQueryData(queryKey, answer)
}
