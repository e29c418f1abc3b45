import { ClustersScreen } from '@/components/clusters/clusters-screen'

export const metadata = { title: 'Clusters' }

const ClustersPage = () => <ClustersScreen />

export default ClustersPage
