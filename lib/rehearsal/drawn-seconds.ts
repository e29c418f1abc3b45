/** How long a pod takes to be ready, and how long it takes to go, in seconds: drawn for each workload from these. */
export const drawnSeconds = { startUp: { low: 5, high: 60 }, termination: { low: 1, high: 30 } } as const
