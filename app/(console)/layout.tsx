import type { ReactNode } from 'react'
import { Shell } from '@/components/layout/shell'

const ConsoleLayout = ({ children }: { children: ReactNode }) => <Shell>{children}</Shell>

export default ConsoleLayout
