import Link from 'next/link'
import { Name } from '@/components/ui/name'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'

/** Up to this many nodes are listed at once; more are unfolded pool by pool. */
const openUpTo = 12

const byPool = (nodeNames: readonly string[], poolOf: ReadonlyMap<string, string>): [pool: string, nodeNames: string[]][] => {
  const pools = new Map<string, string[]>()
  for (const nodeName of nodeNames) {
    const pool = poolOf.get(nodeName) ?? ''
    pools.set(pool, [...(pools.get(pool) ?? []), nodeName])
  }
  return [...pools].sort(([a], [b]) => (a < b ? -1 : 1))
}

type WorkloadNodesProps = { clusterId: string; nodeNames: readonly string[]; poolOf: ReadonlyMap<string, string> }

/** The nodes a workload sits on, by pool; each leads to the nodes page. */
export const WorkloadNodes = ({ clusterId, nodeNames, poolOf }: WorkloadNodesProps) =>
  byPool(nodeNames, poolOf).map(([pool, names]) => (
    <details key={pool} open={nodeNames.length <= openUpTo}>
      <summary className="cursor-pointer py-0.5">
        {pool === '' ? 'Pool not read' : visibleText(pool)} <span className="text-text-2">{counted(names.length, 'node')}</span>
      </summary>
      <ul className="pl-4">
        {names.map((nodeName) => (
          <li key={nodeName} className="flex py-0.5">
            <Link href={routes.nodes(clusterId, { search: nodeName, node: nodeName })} prefetch={false} className="min-w-0 truncate text-accent hover:underline">
              <Name>{nodeName}</Name>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  ))
