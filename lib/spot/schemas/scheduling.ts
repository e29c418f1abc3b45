import { z } from 'zod'
import { optionalText } from './parts'

/** When a cluster or a group is switched off, and what is done by the clock (Spot API, Create Cluster, `scheduling`). Crons run in UTC. */
export const scheduling = z.object({
  shutdownHours: z.object({ isEnabled: z.boolean().nullish(), timeWindows: z.array(z.string()).nullish() }).nullish(),
  tasks: z.array(z.object({ isEnabled: z.boolean().nullish(), cronExpression: optionalText, taskType: optionalText })).nullish(),
})
