import type { Metadata } from 'next'
import { LogScreen } from '@/components/log/log-screen'

export const metadata: Metadata = { title: 'Log' }

const LogPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <LogScreen clusterId={clusterId} />
}

export default LogPage
