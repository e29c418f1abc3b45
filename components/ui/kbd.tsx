import type { ReactNode } from 'react'

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-flex h-5 items-center rounded-sm border border-line-2 bg-surface px-1.5 font-sans text-2xs text-text-2">{children}</kbd>
)
