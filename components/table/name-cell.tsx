import { Name } from '@/components/ui/name'
import { CopyCell } from './copy-cell'

/** A name from the cluster, which can be copied. */
export const NameCell = ({ name }: { name: string }) => (
  <CopyCell text={name}>
    <Name keepsEnd>{name}</Name>
  </CopyCell>
)
