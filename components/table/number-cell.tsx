import { formatCount } from '@/lib/format/numbers'

/** A count; a dash where it was not given, which is not the same as none. */
export const NumberCell = ({ value }: { value: number | null }) =>
  value === null ? (
    <span className="text-text-3" title="Not given">
      –
    </span>
  ) : (
    <span>{formatCount(value)}</span>
  )
