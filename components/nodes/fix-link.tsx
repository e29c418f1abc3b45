'use client'

import Link from 'next/link'
import { useParams } from 'next/navigation'
import { fixByGroup } from '@/components/domain/finding-fix'
import type { IndexedNode } from './node-index'

/**
 * The way to a group for the first of these nodes that matches nothing; it takes all that are like it. The table
 * keeps its own keys, so the link is reached by Tab in the drawer of the node.
 */
export const FixLink = ({ nodes }: { nodes: readonly Pick<IndexedNode, 'nodeName' | 'match'>[] }) => {
  const { clusterId } = useParams<{ clusterId: string }>()
  const first = nodes.find(({ match }) => match.kind === 'none')
  if (first === undefined) return null
  const { href, label } = fixByGroup({ clusterId, nodeName: first.nodeName })
  return (
    <Link href={href} tabIndex={-1} className="shrink-0 text-accent underline underline-offset-2" aria-label={`Fix the match of ${first.nodeName}`}>
      {label}
    </Link>
  )
}
