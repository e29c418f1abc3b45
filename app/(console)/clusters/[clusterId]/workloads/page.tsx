import type { Metadata } from 'next'
import { WorkloadsScreen } from '@/components/workloads/workloads-screen'

export const metadata: Metadata = { title: 'Workloads' }

const WorkloadsPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <WorkloadsScreen clusterId={clusterId} />
}

export default WorkloadsPage
