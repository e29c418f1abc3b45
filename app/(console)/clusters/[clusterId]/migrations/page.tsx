import type { Metadata } from 'next'
import { RunsScreen } from '@/components/history/runs-screen'

export const metadata: Metadata = { title: 'Runs' }

const RunsPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <RunsScreen clusterId={clusterId} />
}

export default RunsPage
