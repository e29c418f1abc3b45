import type { Metadata } from 'next'
import { WizardScreen } from '@/components/wizard/wizard-screen'

export const metadata: Metadata = { title: 'Migrate' }

const MigratePage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <WizardScreen clusterId={clusterId} />
}

export default MigratePage
