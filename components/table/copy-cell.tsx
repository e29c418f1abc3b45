import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'

/** A name or id with a button that copies it, which takes room only while the cell is pointed at. */
export const CopyCell = ({ text, children }: { text: string; children: ReactNode }) => (
  <span className="group/copy flex min-w-0 items-center">
    {children}
    <span className="-my-1 w-0 shrink-0 overflow-hidden group-focus-within/copy:w-6 group-hover/copy:w-6">
      <CopyButton text={text} label={`Copy ${text}`} tabIndex={-1} />
    </span>
  </span>
)
