import { Button } from '@/components/ui/button'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import type { PlanDifference } from '@/lib/domain/plan/differences'
import { differenceText } from './difference-text'
import { NameList } from './name-list'

const namesShown = 3

const Names = ({ nodeNames }: { nodeNames: readonly string[] }) =>
  nodeNames.length > namesShown ? (
    <NameList title="Which nodes" names={nodeNames} />
  ) : (
    <span className="block text-xs">
      {nodeNames.map((name) => (
        <Name key={name} className="block whitespace-normal [overflow-wrap:anywhere]">
          {name}
        </Name>
      ))}
    </span>
  )

type PlanChangesProps = { differences: readonly PlanDifference[]; requestId: string | undefined; onAccept: () => void }

/** What is no longer as it was reviewed. Nothing is sent until a person has accepted it. */
export const PlanChanges = ({ differences, requestId, onAccept }: PlanChangesProps) =>
  differences.length === 0 ? null : (
    <Notice role="alert" tone="warning" title="Since you reviewed this plan:">
      <ul className="mt-1 grid gap-1.5">
        {differences.map((difference) => (
          <li key={differenceText(difference)}>
            {differenceText(difference)}
            {'nodeNames' in difference ? <Names nodeNames={difference.nodeNames} /> : null}
          </li>
        ))}
      </ul>
      <p className="mt-2 max-w-[80ch] text-text-2">Nothing was started. When you accept, nodes that can no longer move are left out and those that have joined are taken along; then press the button again.</p>
      {requestId === undefined ? null : <span className="block text-xs text-text-2">Request id {requestId}</span>}
      <Button className="mt-2" onClick={onAccept}>
        Accept these changes
      </Button>
    </Notice>
  )
