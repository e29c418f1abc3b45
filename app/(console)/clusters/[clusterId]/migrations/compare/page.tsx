import type { Metadata } from 'next'
import { CompareScreen } from '@/components/run/compare/compare-screen'

export const metadata: Metadata = { title: 'Compare two runs' }

const ComparePage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <CompareScreen clusterId={clusterId} />
}

export default ComparePage
