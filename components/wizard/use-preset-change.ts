'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PresetsAnswer } from '@/lib/contract/presets'
import { keepAnswer } from '@/lib/queries/keep-answer'
import { keys } from '@/lib/queries/keys'

/** A write to the presets whose answer is the new list. */
export const usePresetChange = <Input>(clusterId: string, write: (input: Input) => Promise<PresetsAnswer>, onDone?: () => void) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async (answer) => {
      await keepAnswer(client, keys.presets(clusterId), answer)
      onDone?.()
    },
    // What was refused may rest on a list that somebody has changed meanwhile.
    onError: () => void client.invalidateQueries({ queryKey: keys.presets(clusterId) }),
  })
}
