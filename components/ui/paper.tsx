'use client'

import { createContext, useContext, type ReactNode } from 'react'

const PaperContext = createContext(false)

/** Marks what is made to be printed: in it nothing is folded or cut, and every time has its date and zone. */
export const Paper = ({ children }: { children: ReactNode }) => <PaperContext value={true}>{children}</PaperContext>

/** Whether this stands on paper. */
export const useIsPaper = (): boolean => useContext(PaperContext)

/** Folded away on a screen, open on paper. */
export const Fold = ({ summary, className, children }: { summary: ReactNode; className?: string; children: ReactNode }) => (
  <details open={useIsPaper()} className={className}>
    <summary>{summary}</summary>
    {children}
  </details>
)
