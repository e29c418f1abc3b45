import { CopyButton } from '@/components/ui/copy-button'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import { shortHash } from '@/lib/contract/plan-hash'
import type { RunRecord } from '@/lib/contract/run'
import { visibleText } from '@/lib/format/safe-text'

const percent = (value: number | null): string => (value === null ? 'Not said by Spot' : `${value} %`)
const yesNo = (value: boolean | null): string => (value === null ? 'Not said by Spot' : value ? 'Yes' : 'No')

const sources: Record<RunRecord['run']['source'], string> = {
  slipway: 'Launched and recorded by Slipway',
  elsewhere: 'Launched elsewhere, recorded by Slipway',
  api: 'Known from the API only',
}

/** By which list the nodes were chosen. Spot gives neither list back, so of other runs it is not known. */
const sentAs = ({ nodePoolNames, source }: RunRecord['run']): string => {
  if (nodePoolNames !== undefined) return `Node pools: ${nodePoolNames.map(visibleText).join(', ')}`
  return source === 'slipway' ? 'Nodes by name' : 'Not said by Spot'
}

/** What the run was started with. */
export const OptionsTab = ({ run, options }: Pick<RunRecord, 'run' | 'options'>) => (
  <div className="max-w-2xl rounded-lg border border-line bg-surface px-4 py-2">
    <FactList
      facts={[
        { name: 'Batch size', value: percent(options.batchSizePercentage) },
        { name: 'Healthy nodes needed', value: percent(options.batchMinHealthyPercentage) },
        { name: 'Respects PDBs', value: yesNo(options.respectPdb) },
        { name: 'Respects restrict scale down', value: yesNo(options.respectRestrictScaleDown) },
        { name: 'Terminates old nodes', value: yesNo(options.shouldTerminateNodes) },
        { name: 'Evicts stand-alone pods', value: yesNo(options.shouldEvictStandalonePods) },
        { name: 'Sent as', value: sentAs(run) },
        { name: 'Comment', value: run.comment === '' ? 'None' : visibleText(run.comment) },
        { name: 'Started by', value: run.startedBy === null ? (run.source === 'elsewhere' ? 'Not known: launched elsewhere' : 'Not known') : visibleText(run.startedBy) },
        { name: 'Started', value: run.startedAtMs === null ? 'Not said by Spot' : <Time atMs={run.startedAtMs} show="day" /> },
        { name: 'Record', value: sources[run.source] },
        { name: 'Reviewed plan', value: options.planHash === undefined ? 'Not known' : <Name>{shortHash(options.planHash)}</Name> },
        {
          name: 'Run id',
          value: (
            <>
              <Name>{run.migrationId}</Name>
              <CopyButton text={run.migrationId} label="Copy the run id" />
            </>
          ),
        },
      ]}
    />
  </div>
)
