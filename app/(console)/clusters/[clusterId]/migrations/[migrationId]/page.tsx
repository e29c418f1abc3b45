import type { Metadata } from 'next'
import { RunScreen } from '@/components/run/run-screen'

type RunPageProps = { params: Promise<{ clusterId: string; migrationId: string }> }

export const generateMetadata = async ({ params }: RunPageProps): Promise<Metadata> => {
  const { migrationId } = await params
  return { title: `Run ${decodeURIComponent(migrationId)}` }
}

const RunPage = async ({ params }: RunPageProps) => {
  const { clusterId, migrationId } = await params
  return <RunScreen key={migrationId} clusterId={clusterId} migrationId={decodeURIComponent(migrationId)} />
}

export default RunPage
