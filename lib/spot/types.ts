export type SpotCredentials = {
  token: string
  /** Null only before an account is chosen: then `listAccounts` is the one call that works. */
  accountId: string | null
  /** The vendor counts its limits per organization; the account stands in where it is not known. */
  organizationId: string | null
  /** The id of the request on whose behalf Spot is asked, or of the run; it goes along as `x-request-id`. */
  askedBy?: string
}

export type ReadOptions = {
  /** How old a shared answer may be. Default: the route's own, see `spotRoutes`. */
  maxAgeMs?: number
  /** Ask Spot even if an answer is at hand or on its way. */
  fresh?: boolean
  signal?: AbortSignal
}

/** An answer is shared between callers with the same token: it must not be changed. */
export type SpotRead<T> = {
  data: T
  /** When the answer was received, by this server's clock. */
  fetchedAtMs: number
  /** True also when the answer to another caller's identical request was shared. */
  fromCache: boolean
  /** Fields whose shape differed from the documents and were read as missing, as paths. */
  drift: readonly string[]
  requestId: string | undefined
}
export type SpotWrite<T> = Omit<SpotRead<T>, 'fromCache'>
