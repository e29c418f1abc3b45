'use client'

import Link from 'next/link'
import { useParams } from 'next/navigation'
import { fixByGroup } from '@/components/domain/finding-fix'
import { useRowTabIndex } from '@/components/table/active-row'
import type { IndexedNode } from './node-index'

/** The way to a group for the first of these nodes that matches nothing; it takes all that are like it. */
export const FixLink = ({ nodes }: { nodes: readonly Pick<IndexedNode, 'nodeName' | 'match'>[] }) => {
  const { clusterId } = useParams<{ clusterId: string }>()
  const tabIndex = useRowTabIndex()
  const first = nodes.find(({ match }) => match.kind === 'none')
  if (first === undefined) return null
  const { href, label } = fixByGroup({ clusterId, nodeName: first.nodeName })
  return (
    <Link href={href} tabIndex={tabIndex} className="shrink-0 text-accent underline underline-offset-2" aria-label={`Fix the match of ${first.nodeName}`}>
      {label}
    </Link>
  )
}
