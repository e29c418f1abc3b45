/** How often the browser asks our own server, in milliseconds. The server decides how often it asks Spot. */
export const movingPollMs = 5_000
export const restPollMs = 60_000
export const budgetPollMs = 10_000
export const recordingPollMs = 15_000
export const launchPollMs = 1_000
export const launchSlowPollMs = 5_000
/** How long a launch is asked for at the fast pace. */
export const launchFastPhaseMs = 30_000
/** How often the end of the log is read while somebody follows it, with half of the API budget left and with less. */
export const logFollowPollMs = 10_000
export const logFollowSlowPollMs = 30_000
/** After a failure the pace is the same for everything: often enough to recover by itself, rare enough to be quiet. */
export const failedPollMs = 15_000

/** The pace of following the log: each reading is one call to Spot or several, so the last tenth of the budget is left to others. */
export const logFollowPaceOf = (busiest: { limit: number; remaining: number; blockedUntilMs: number | null } | null): number => {
  if (busiest === null) return logFollowPollMs
  const left = busiest.blockedUntilMs === null ? busiest.remaining / busiest.limit : 0
  if (left < 0.1) return restPollMs
  return left < 0.5 ? logFollowSlowPollMs : logFollowPollMs
}

type PolledQuery<Data> = { state: { data: Data | undefined; error: unknown } }

/** A refetch interval that depends on the data: `paceOf` says how fast it changes, `false` ends the polling. */
export const pollBy =
  <Data>(paceOf: (data: Data) => number | false) =>
  ({ state: { data, error } }: PolledQuery<Data>): number | false => {
    const pace = data === undefined ? restPollMs : paceOf(data)
    if (pace === false || !error) return pace
    return failedPollMs
  }
