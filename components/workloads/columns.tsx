import { severityLooks } from '@/components/domain/findings'
import type { TableColumn } from '@/components/table/column'
import { Badge } from '@/components/ui/badge'
import { Name } from '@/components/ui/name'
import { Status } from '@/components/ui/status'
import { severities } from '@/lib/domain/readiness/finding'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import type { IndexedWorkload } from './workload-index'

/** Ready of wanted. Replicas that run elsewhere are not looked at, so that the two are told apart. */
const replicaText = ({ replicas, pods, readyPods }: IndexedWorkload): string => {
  const here = `${formatCount(readyPods)} of ${formatCount(pods)}`
  if (replicas === null || pods === replicas) return here
  return pods < replicas ? `${here} here, ${formatCount(replicas)} wanted` : `${here}, ${formatCount(replicas)} wanted`
}

/** Of several budgets, the one that lets the fewest go. */
const tightest = ({ pdbs: [first, ...others] }: IndexedWorkload) => first && others.reduce((least, pdb) => (pdb.disruptionsAllowed < least.disruptionsAllowed ? pdb : least), first)

const Budget = ({ workload }: { workload: IndexedWorkload }) => {
  const pdb = tightest(workload)
  if (pdb === undefined) return <span className="text-text-3">{workload.isBudgetRead ? 'none' : 'not read'}</span>
  const healthy = `${formatCount(pdb.currentHealthy)} healthy, ${formatCount(pdb.desiredHealthy)} needed`
  return (
    <span className="truncate" title={`PDB ${visibleText(pdb.name)}: ${healthy}`}>
      <span className={pdb.disruptionsAllowed === 0 ? 'font-medium text-failed' : undefined}>lets {formatCount(pdb.disruptionsAllowed)} go</span>
      <span className="text-text-2">
        , {healthy}
        {workload.pdbs.length > 1 ? `, ${workload.pdbs.length} PDBs` : ''}
      </span>
    </span>
  )
}

const Reason = ({ reasons: [first, ...others] }: IndexedWorkload) => {
  if (first === undefined) return <span className="text-text-3">nothing found</span>
  return (
    <>
      <span className="flex min-w-0 flex-1" title={visibleText(`${first.sentence} ${first.remedy}`)}>
        <Status name={severityLooks[first.severity]}>{visibleText(first.sentence)}</Status>
      </span>
      {others.length > 0 ? <Badge tone="outline">{`+${others.length} more`}</Badge> : null}
    </>
  )
}

/** The workloads table. */
export const workloadColumns: readonly TableColumn<IndexedWorkload>[] = [
  { id: 'name', header: 'Workload', width: 210, narrowWidth: 160, canHide: false, sortValue: ({ namespace, name }) => `${namespace}/${name}`, cell: ({ namespace, name }) => <Name>{`${namespace}/${name}`}</Name> },
  { id: 'kind', header: 'Kind', width: 100, sortValue: ({ kind }) => kind, cell: ({ kind }) => <span className="truncate text-text-2">{visibleText(kind)}</span> },
  { id: 'replicas', header: 'Pods ready', width: 180, sortValue: ({ pods }) => pods, cell: (workload) => <span className={workload.readyPods < workload.pods ? 'font-medium text-skipped' : undefined}>{replicaText(workload)}</span> },
  { id: 'pdb', header: 'PDB', width: 225, sortValue: (workload) => tightest(workload)?.disruptionsAllowed ?? null, cell: (workload) => <Budget workload={workload} /> },
  {
    id: 'nodes',
    header: 'Nodes',
    width: 130,
    sortValue: ({ nodeNames }) => nodeNames.length,
    cell: ({ nodeNames, pools }) => (
      <span className="truncate" title={visibleText(pools.join(', '))}>
        {counted(nodeNames.length, 'node')}
        {pools.length > 0 ? <span className="text-text-2">, {visibleText(pools.join(', '))}</span> : null}
      </span>
    ),
  },
  { id: 'finding', header: 'Finding', width: 340, share: 700, narrowWidth: 180, sortValue: ({ reasons: [first] }) => (first ? severities.indexOf(first.severity) : null), cell: (workload) => <Reason {...workload} /> },
]
