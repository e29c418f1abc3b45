import { redirect } from 'next/navigation'
import { routes } from '@/lib/routes'

const ClusterPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  redirect(routes.nodes(decodeURIComponent(clusterId)))
}

export default ClusterPage
