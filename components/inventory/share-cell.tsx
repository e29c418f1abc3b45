import { Meter } from '@/components/ui/meter'
import { sharePercent } from './node-text'

type ShareCellProps = { label: string; requested: number | null; allocatable: number | null; format: (value: number) => string }

const fullPercent = 100
const tightPercent = 90

/** Requested against allocatable: a bar, the share, and both figures on hover. */
export const ShareCell = ({ label, requested, allocatable, format }: ShareCellProps) => {
  const percent = sharePercent(requested, allocatable)
  if (percent === null || requested === null || allocatable === null)
    return (
      <span className="text-text-3" title="Not given">
        {allocatable === null ? '–' : format(allocatable)}
      </span>
    )
  const text = `${format(requested)} of ${format(allocatable)}`
  return (
    <span className="flex min-w-0 items-center gap-2" title={`${label}: ${text} requested`}>
      <Meter label={label} value={requested} max={allocatable} text={text} tone={percent > fullPercent ? 'failed' : percent >= tightPercent ? 'skipped' : 'accent'} className="w-16 shrink-0" />
      <span className="w-11 shrink-0 text-right">{percent} %</span>
      <span className="truncate text-xs text-text-3">of {format(allocatable)}</span>
    </span>
  )
}
