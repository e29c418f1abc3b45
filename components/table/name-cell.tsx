import { CopyButton } from '@/components/ui/copy-button'
import { Name } from '@/components/ui/name'

/** A name from the cluster with a button that copies it, shown when the row is pointed at. */
export const NameCell = ({ name }: { name: string }) => (
  <span className="group/name flex min-w-0 items-center gap-0.5">
    <Name>{name}</Name>
    <span className="opacity-0 group-focus-within/name:opacity-100 group-hover/name:opacity-100">
      <CopyButton text={name} label={`Copy ${name}`} tabIndex={-1} />
    </span>
  </span>
)
