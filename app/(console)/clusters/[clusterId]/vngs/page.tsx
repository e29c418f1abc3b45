import type { Metadata } from 'next'
import { VngsScreen } from '@/components/vngs/vngs-screen'

export const metadata: Metadata = { title: 'Node groups' }

const VngsPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <VngsScreen clusterId={clusterId} />
}

export default VngsPage
