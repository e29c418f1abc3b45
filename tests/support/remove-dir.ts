import { rm } from 'node:fs/promises'

/**
 * Removes a directory with all it holds. The owner of an embedded database outlives a server that was killed by a
 * moment, and writes until it has noticed: what it writes meanwhile is removed with the rest.
 */
export const removeDir = (place: string): Promise<void> => rm(place, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
