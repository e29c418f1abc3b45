'use client'

import { Server, Settings, type LucideIcon } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/lib/format/numbers'
import { visibleText } from '@/lib/format/safe-text'
import { sessionQuery } from '@/lib/queries/session'
import { routes } from '@/lib/routes'
import { Logo } from './logo'
import { activeNav, clusterNav } from './nav-items'
import { useClusterName } from './use-cluster-name'
import { useNavCounts } from './use-nav-counts'
import { usePlace } from './use-place'

type NavLinkProps = { href: string; label: string; icon: LucideIcon; count?: number; isActive: boolean; onGo?: () => void }

const NavLink = ({ href, label, icon: Icon, count, isActive, onGo }: NavLinkProps) => (
  <Link
    href={href}
    prefetch={false}
    aria-current={isActive ? 'page' : undefined}
    onClick={onGo}
    className={cn(
      'flex h-[30px] items-center gap-2.5 rounded border border-transparent px-2 text-text-2 hover:text-text',
      isActive && 'border-line bg-surface font-semibold text-text',
    )}
  >
    <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
    <span className="flex-1 truncate">{label}</span>
    {count === undefined ? null : <span className="text-xs font-normal text-text-3">{formatCount(count)}</span>}
  </Link>
)

/** The product's pages, and those of the cluster that is open. */
export const SideNav = ({ onGo }: { onGo?: () => void }) => {
  const { pathname, clusterId } = usePlace()
  const counts = useNavCounts(clusterId)
  const { data: session } = useQuery(sessionQuery())
  const name = useClusterName(clusterId)
  const active = clusterId ? activeNav(pathname, clusterId)?.id : undefined
  return (
    <nav aria-label="Main" className="flex h-full flex-col gap-0.5 overflow-y-auto px-2.5 pt-3 pb-4">
      <Link href={routes.clusters()} className="mb-2 flex h-8 items-center gap-2.5 rounded px-2 text-base font-semibold" onClick={onGo}>
        <Logo className="size-4" />
        Slipway
        {session?.isSimulator ? <Badge tone="outline">Simulator</Badge> : null}
      </Link>
      <NavLink href={routes.clusters()} label="Clusters" icon={Server} count={counts.clusters} isActive={pathname === routes.clusters()} onGo={onGo} />
      {clusterId ? (
        <>
          <p className="mt-3 mb-1 truncate px-2 font-mono text-2xs text-text-3">{visibleText(name ?? clusterId)}</p>
          {clusterNav.map(({ id, label, icon, path }) => (
            <NavLink key={id} href={path(clusterId)} label={label} icon={icon} count={counts[id]} isActive={active === id} onGo={onGo} />
          ))}
        </>
      ) : null}
      <div className="flex-1" />
      <NavLink href={routes.settings()} label="Settings" icon={Settings} isActive={pathname === routes.settings()} onGo={onGo} />
    </nav>
  )
}
