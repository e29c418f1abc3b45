import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/states'
import { routes } from '@/lib/routes'

export const metadata = { title: 'Not found' }

const NotFound = () => (
  <main className="flex min-h-dvh items-center justify-center">
    <EmptyState
      isPage
      title="There is no such page"
      action={
        <Link href={routes.clusters()} className={buttonLook({ variant: 'primary' })}>
          Go to the clusters
        </Link>
      }
    >
      The address is not one of Slipway&apos;s. It may be mistyped, or what it showed is gone.
    </EmptyState>
  </main>
)

export default NotFound
