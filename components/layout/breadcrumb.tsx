'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuItem, MenuLabel } from '@/components/ui/dropdown-menu'
import { Name } from '@/components/ui/name'
import { visibleText } from '@/lib/format/safe-text'
import { clustersQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { crumbs } from './nav-items'
import { useClusterName } from './use-cluster-name'
import { usePlace } from './use-place'

const ClusterList = () => {
  const router = useRouter()
  const { data, error, refetch } = useQuery(clustersQuery())
  if (error && !data)
    return (
      <>
        <MenuLabel>The clusters could not be read. {asProblem(error).detail}</MenuLabel>
        <MenuItem onSelect={() => void refetch()}>Try again</MenuItem>
      </>
    )
  return (
    <>
      <MenuLabel>{data ? 'Clusters' : 'Reading the clusters'}</MenuLabel>
      {data?.clusters.map(({ clusterId, name }) => (
        <MenuItem key={clusterId} onSelect={() => router.push(routes.nodes(clusterId))}>
          <span className="flex items-baseline gap-2">
            {visibleText(name)} <Name className="text-text-3">{clusterId}</Name>
          </span>
        </MenuItem>
      ))}
    </>
  )
}

const otherPages: Record<string, string> = { [routes.clusters()]: 'Clusters', [routes.settings()]: 'Settings' }

/** Where the reader is; the cluster's name opens the list of the others. */
export const Breadcrumb = () => {
  const { pathname, clusterId, migrationId } = usePlace()
  const name = useClusterName(clusterId)
  if (clusterId === undefined) return <p className="font-semibold">{otherPages[pathname] ?? 'Slipway'}</p>
  const words = crumbs(pathname, clusterId, migrationId)
  return (
    <div className="flex min-w-0 items-center gap-1">
      <DropdownMenu
        trigger={
          <Button variant="quiet" className="-ml-2 min-w-0 gap-1 px-2 font-normal">
            <span className="truncate">{visibleText(name ?? clusterId)}</span>
            <ChevronsUpDown aria-hidden className="size-3.5! text-text-3" />
          </Button>
        }
      >
        <ClusterList />
      </DropdownMenu>
      <nav aria-label="Breadcrumb" className="hidden min-w-0 items-center gap-2 sm:flex">
        {words.map(({ word, path }) => (
          <span key={word} className="flex min-w-0 items-center gap-2">
            <span aria-hidden className="text-text-3">
              /
            </span>
            {path === null ? (
              <span className="truncate font-semibold">{visibleText(word)}</span>
            ) : (
              <Link href={path} className="truncate text-text-2 hover:underline">
                {visibleText(word)}
              </Link>
            )}
          </span>
        ))}
      </nav>
    </div>
  )
}
