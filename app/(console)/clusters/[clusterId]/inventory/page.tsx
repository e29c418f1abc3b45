import type { Metadata } from 'next'
import { InventoryScreen } from '@/components/inventory/inventory-screen'

export const metadata: Metadata = { title: 'Inventory' }

const InventoryPage = async ({ params }: { params: Promise<{ clusterId: string }> }) => {
  const { clusterId } = await params
  return <InventoryScreen clusterId={clusterId} />
}

export default InventoryPage
