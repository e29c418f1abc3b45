import Link from 'next/link'
import type { CausePlace } from '@/lib/domain/outcome/causes'
import { routes } from '@/lib/routes'

type CauseLinkProps = { place: CausePlace; clusterId: string; migrationId: string | null }

const linkOf = ({ place, clusterId, migrationId }: CauseLinkProps): { href: string; text: string } | null => {
  switch (place) {
    case 'leftovers':
      return migrationId === null ? null : { href: `${routes.run(clusterId, migrationId)}#left-behind`, text: 'What was left behind, with commands' }
    case 'cluster':
      return { href: routes.clusters(), text: 'The controller’s heartbeat, on Clusters' }
    case 'groups':
      return { href: routes.vngs(clusterId), text: 'Limits and sizes of the groups' }
    case 'migrate':
      return { href: routes.nodes(clusterId), text: 'Choose fewer nodes' }
    case 'workloads':
      return { href: routes.workloads(clusterId), text: 'Workloads of the cluster' }
  }
}

/** The page on which a cause can be looked into or mended. */
export const CauseLink = (props: CauseLinkProps) => {
  const link = linkOf(props)
  if (link === null) return null
  return (
    <Link href={link.href} prefetch={false} className="whitespace-nowrap text-accent underline print:hidden">
      {link.text}
    </Link>
  )
}
