import type { Metadata } from 'next'
import { ReportScreen } from '@/components/run/report/report-screen'

type ReportPageProps = { params: Promise<{ clusterId: string; migrationId: string }> }

export const generateMetadata = async ({ params }: ReportPageProps): Promise<Metadata> => {
  const { migrationId } = await params
  return { title: `Report of ${decodeURIComponent(migrationId)}` }
}

const ReportPage = async ({ params }: ReportPageProps) => {
  const { clusterId, migrationId } = await params
  return <ReportScreen key={migrationId} clusterId={clusterId} migrationId={decodeURIComponent(migrationId)} />
}

export default ReportPage
