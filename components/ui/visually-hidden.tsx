import type { ReactNode } from 'react'

export const VisuallyHidden = ({ id, children }: { id?: string; children: ReactNode }) => (
  <span id={id} className="sr-only">
    {children}
  </span>
)
