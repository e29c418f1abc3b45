import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/states'
import { routes } from '@/lib/routes'

const NotFound = () => (
  <EmptyState
    className="py-24"
    isPage
    title="There is no such page"
    action={
      <Link href={routes.clusters()} className={buttonLook({ variant: 'primary' })}>
        Go to the clusters
      </Link>
    }
  >
    The cluster, run or page of this address does not exist, or this account may not see it.
  </EmptyState>
)

export default NotFound
