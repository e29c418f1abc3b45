import 'server-only'
import type { z } from 'zod'
import type { Connection } from './connection'
import { KubeReadError } from './failure'
import { getPage } from './page'
import type { KubeLimits } from './limits'
import { wirePage } from './wire'

/** `path` is below the API server's address, without a slash in front. */
export type Listing = { resource: string; path: string; query?: Record<string, string> }

const pageUrl = ({ path, query }: Listing, pageSize: number, next: string | null): string =>
  `/${path}?${new URLSearchParams({ ...query, limit: String(pageSize), ...(next === null ? {} : { continue: next }) }).toString()}`

const unreadable = (resource: string, at: string) =>
  new KubeReadError('unreadable', `The list of ${resource} has a form that Slipway does not know (${at}).`, 'Report it with the version of the cluster.')

const itemsOf = <Item>(values: readonly unknown[], item: z.ZodType<Item>, resource: string): Item[] =>
  values.map((value) => {
    const parsed = item.safeParse(value)
    if (!parsed.success) throw unreadable(resource, parsed.error.issues[0]?.path.join('.') ?? 'item')
    return parsed.data
  })

/** How a list is read; `onPage` is told of each page that has come. */
export type Reading = { limits: KubeLimits; onPage: () => void }

const readPages = async <Item, Shape>(connection: Connection, listing: Listing, item: z.ZodType<Item>, shape: (item: Item) => Shape, { limits, onPage }: Reading, signal: AbortSignal): Promise<Shape[]> => {
  const all: Shape[] = []
  let next: string | null = null
  do {
    const answer = await getPage(connection, pageUrl(listing, limits.pageSize, next), listing.resource, limits, signal)
    onPage()
    const page = wirePage.safeParse(answer)
    if (!page.success) throw unreadable(listing.resource, 'items')
    for (const value of itemsOf(page.data.items, item, listing.resource)) all.push(shape(value))
    if (all.length > limits.items) throw new KubeReadError('too-large', `The cluster has more than ${limits.items.toLocaleString('en-GB')} ${listing.resource}, which is more than Slipway reads.`, 'What depends on them is not checked.')
    next = page.data.metadata?.continue || null
  } while (next !== null)
  return all
}

/**
 * A whole list, page by page; each page is shaped and dropped before the next is asked for. A list whose
 * pages expire meanwhile (410) is begun once more. Throws KubeReadError.
 */
export const readList = async <Item, Shape>(connection: Connection, listing: Listing, item: z.ZodType<Item>, shape: (item: Item) => Shape, reading: Reading): Promise<Shape[]> => {
  const signal = AbortSignal.timeout(reading.limits.listTimeoutMs)
  const read = () => readPages(connection, listing, item, shape, reading, signal)
  return read().catch((error: unknown) => {
    if (error instanceof KubeReadError && error.kind === 'expired') return read()
    throw error
  })
}
