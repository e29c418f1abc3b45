import type { Metadata } from 'next'
import { NodesScreen } from '@/components/nodes/nodes-screen'

export const metadata: Metadata = { title: 'Nodes' }

const NodesPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <NodesScreen clusterId={clusterId} />
}

export default NodesPage
