import type { ReactNode } from 'react'

/** The padding of a page under the bar and the run strip. */
export const PageBody = ({ children }: { children: ReactNode }) => <div className="px-4 py-4 lg:px-5 lg:py-5">{children}</div>
