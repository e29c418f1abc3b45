import 'server-only'

/** What one read of a cluster may cost at most. */
export type KubeLimits = {
  /** Objects per page of a list. */
  pageSize: number
  /** Bytes of one page, unpacked. */
  pageBytes: number
  /** Objects of one kind: a list over it has failed, it is never cut. */
  items: number
  pageTimeoutMs: number
  /** For all pages of one kind. */
  listTimeoutMs: number
  /** Before a page is asked for again, where the API server does not say how long; twice as long the second time. */
  repeatPauseMs: number
}

export const defaultKubeLimits: KubeLimits = { pageSize: 500, pageBytes: 64 * 2 ** 20, items: 200_000, pageTimeoutMs: 20_000, listTimeoutMs: 180_000, repeatPauseMs: 500 }
