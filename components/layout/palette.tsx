'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { Kbd } from '@/components/ui/kbd'
import { visibleText } from '@/lib/format/safe-text'
import { clustersQuery } from '@/lib/queries/clusters'
import { runsQuery } from '@/lib/queries/runs'
import { routes } from '@/lib/routes'
import { useSignOut } from './use-sign-out'
import { clusterNav } from './nav-items'
import { themes, themeWords } from './theme'
import { usePlace } from './use-place'
import { useTheme } from './use-theme'

const itemLook = 'flex h-8 items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-accent-soft'
const groupLook = '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-text-3'
const maxRuns = 20

type PaletteProps = { isOpen: boolean; onClose: () => void }

/** Clusters, pages, runs and actions by name. */
export const Palette = ({ isOpen, onClose }: PaletteProps) => {
  const router = useRouter()
  const { clusterId } = usePlace()
  const { data } = useQuery(clustersQuery())
  const { data: runs } = useQuery({ ...runsQuery(clusterId ?? ''), enabled: isOpen && clusterId !== undefined, refetchInterval: false })
  const { choose } = useTheme()
  const leave = useSignOut()
  const signOut = () => {
    onClose()
    leave.signOut()
  }
  const go = (path: string) => {
    onClose()
    router.push(path)
  }
  return (
    <>
      <Command.Dialog
        open={isOpen}
        onOpenChange={(open) => !open && onClose()}
        label="Go to"
        overlayClassName="fixed inset-0 z-40 bg-[rgb(6_14_18/0.45)]"
        contentClassName="fixed top-[12dvh] left-1/2 z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 rounded-lg border border-line-2 bg-surface shadow"
      >
        <div className="flex items-center gap-2 border-b border-line pr-3">
          <Command.Input placeholder="Cluster, page, run or action" className="h-11 flex-1 bg-transparent px-4 text-base outline-none placeholder:text-text-3" />
          <Kbd>Esc</Kbd>
        </div>
        <Command.List className="max-h-[50dvh] overflow-y-auto p-2">
          <Command.Empty className="px-2 py-6 text-center text-text-2">Nothing has this name.</Command.Empty>
          {clusterId ? (
            <Command.Group heading="Pages" className={groupLook}>
              {clusterNav.map(({ id, label, icon: Icon, path }) => (
                <Command.Item key={id} className={itemLook} onSelect={() => go(path(clusterId))}>
                  <Icon aria-hidden className="size-4 text-text-3" /> {label}
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          <Command.Group heading="Clusters" className={groupLook}>
            <Command.Item className={itemLook} onSelect={() => go(routes.clusters())}>
              All clusters
            </Command.Item>
            {data?.clusters.map((cluster) => (
              <Command.Item key={cluster.clusterId} value={`${cluster.name} ${cluster.clusterId}`} className={itemLook} onSelect={() => go(routes.nodes(cluster.clusterId))}>
                {visibleText(cluster.name)} <span className="font-mono text-xs text-text-3">{cluster.clusterId}</span>
              </Command.Item>
            ))}
          </Command.Group>
          {clusterId && runs ? (
            <Command.Group heading="Runs" className={groupLook}>
              {runs.runs.slice(0, maxRuns).map(({ migrationId, comment }) => (
                <Command.Item key={migrationId} value={`${migrationId} ${comment}`} className={itemLook} onSelect={() => go(routes.run(clusterId, migrationId))}>
                  <span className="font-mono text-xs">{migrationId}</span> <span className="truncate text-text-3">{visibleText(comment)}</span>
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          <Command.Group heading="Actions" className={groupLook}>
            {themes.map((theme) => (
              <Command.Item key={theme} className={itemLook} onSelect={() => choose(theme)}>
                Theme: {themeWords[theme]}
              </Command.Item>
            ))}
            <Command.Item className={itemLook} onSelect={() => go(routes.settings())}>
              Settings
            </Command.Item>
            <Command.Item className={itemLook} onSelect={signOut}>
              Sign out
            </Command.Item>
          </Command.Group>
        </Command.List>
      </Command.Dialog>
      {leave.dialog}
    </>
  )
}
