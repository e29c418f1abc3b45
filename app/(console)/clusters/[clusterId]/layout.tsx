import type { ReactNode } from 'react'
import { ClusterFrame } from '@/components/layout/cluster-frame'

type ClusterLayoutProps = { params: Promise<{ clusterId: string }>; children: ReactNode }

const ClusterLayout = async ({ params, children }: ClusterLayoutProps) => {
  const { clusterId } = await params
  return <ClusterFrame clusterId={decodeURIComponent(clusterId)}>{children}</ClusterFrame>
}

export default ClusterLayout
