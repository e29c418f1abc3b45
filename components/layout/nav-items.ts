import { Boxes, Container, Hexagon, Layers, Route, ScrollText, type LucideIcon } from 'lucide-react'
import { routes } from '@/lib/routes'

export type NavItem = { id: 'nodes' | 'workloads' | 'runs' | 'vngs' | 'inventory' | 'log'; label: string; icon: LucideIcon; path: (clusterId: string) => string }

/** The pages of a cluster, in the order of the side bar. */
export const clusterNav: readonly NavItem[] = [
  { id: 'nodes', label: 'Nodes', icon: Hexagon, path: routes.nodes },
  { id: 'workloads', label: 'Workloads', icon: Container, path: routes.workloads },
  { id: 'runs', label: 'Runs', icon: Route, path: routes.runs },
  { id: 'vngs', label: 'Node groups', icon: Layers, path: routes.vngs },
  { id: 'inventory', label: 'Inventory', icon: Boxes, path: routes.inventory },
  { id: 'log', label: 'Log', icon: ScrollText, path: (clusterId) => routes.log(clusterId) },
]

const isUnder = (pathname: string, path: string) => pathname === path || pathname.startsWith(`${path}/`)

/** The page of the cluster that an address belongs to. The wizard is part of Nodes. */
export const activeNav = (pathname: string, clusterId: string): NavItem | undefined =>
  clusterNav.find(({ path }) => isUnder(pathname, path(clusterId))) ??
  (isUnder(pathname, routes.migrate(clusterId)) ? clusterNav[0] : undefined)

export type Crumb = { word: string; path: string | null }

const lastOf = (pathname: string, clusterId: string, migrationId: string | undefined): string | undefined => (pathname === routes.compareRuns(clusterId) ? 'Compare' : migrationId)

/** The words of the breadcrumb after the cluster, and where those before the last lead. */
export const crumbs = (pathname: string, clusterId: string, migrationId: string | undefined): Crumb[] => {
  if (isUnder(pathname, routes.migrate(clusterId))) return [{ word: 'Migrate', path: null }]
  const item = activeNav(pathname, clusterId)
  const last = lastOf(pathname, clusterId, migrationId)
  const page = item === undefined ? [] : [{ word: item.label, path: last === undefined ? null : item.path(clusterId) }]
  return last === undefined ? page : [...page, { word: last, path: null }]
}
