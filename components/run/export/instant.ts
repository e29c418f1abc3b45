/** A time as files have it: ISO 8601 in UTC. */
export const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
