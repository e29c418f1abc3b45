'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { PageBody } from '@/components/layout/page-body'
import { useSignOut } from '@/components/layout/use-sign-out'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { draftKeptDays } from '@/lib/contract/draft'
import type { SessionAnswer } from '@/lib/contract/session'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import { sessionQuery } from '@/lib/queries/session'
import { routes } from '@/lib/routes'
import { FactList } from '@/components/ui/fact-list'
import { KubernetesCard } from './kubernetes-card'
import { ThemeChoice } from './theme-choice'

const databaseWords: Record<SessionAnswer['database'], string> = {
  embedded: 'Embedded, beside the server. It survives a crash, but not a loss of power; PostgreSQL survives both.',
  postgres: 'PostgreSQL',
}

const accountFacts = (session: SessionAnswer) => [
  { name: 'Name', value: visibleText(session.displayName) },
  { name: 'Account', value: session.accountName ? visibleText(session.accountName) : 'The token may not read its name.' },
  {
    name: 'Account id',
    value: (
      <>
        <span className="font-mono text-xs">{session.accountId}</span>
        <CopyButton text={session.accountId} label="Copy the account id" />
      </>
    ),
  },
  { name: 'Session ends', value: <Time atMs={session.expiresAtMs} /> },
]

const aboutFacts = (session: SessionAnswer) => [
  { name: 'Version', value: session.version },
  { name: 'Spot API', value: session.isSimulator ? `${session.upstream} (simulator)` : session.upstream },
  { name: 'Database', value: databaseWords[session.database] },
]

const retentionOf = (session: SessionAnswer | undefined): string => {
  if (session === undefined) return 'The server keeps the runs it has recorded.'
  const { retentionDays: days } = session
  const kept = days === null ? 'until somebody deletes them, and its counts of managed nodes for good' : `for ${counted(days, 'day')} after their end, and its counts of managed nodes for as long`
  return `The server keeps the runs it has recorded ${kept}; SLIPWAY_RETENTION_DAYS sets how long.`
}

const Loading = () => (
  <div className="flex flex-col gap-4 py-2" aria-busy>
    <Skeleton className="w-1/2" />
    <Skeleton className="w-2/3" />
    <Skeleton className="w-1/3" />
  </div>
)

/** The account, the look, what is kept, and what this server is. */
export const SettingsScreen = () => {
  const { data, error, refetch, isFetching } = useQuery(sessionQuery())
  const leave = useSignOut()
  if (error && !data) return <ErrorState className="py-24" error={asProblem(error)} onRetry={() => void refetch()} isRetrying={isFetching} />
  return (
    <PageBody>
      <PageHeader title="Settings" />
      <div className="grid max-w-4xl gap-4 md:grid-cols-2">
        <Card title="Account" className="flex flex-col">
          {data ? <FactList facts={accountFacts(data)} /> : <Loading />}
          <div className="mt-3">
            <Button isBusy={leave.isBusy} onClick={() => leave.signOut()}>
              Sign out
            </Button>
            {leave.dialog}
          </div>
        </Card>
        <Card title="About">{data ? <FactList facts={aboutFacts(data)} /> : <Loading />}</Card>
        <KubernetesCard />
        <Card title="Theme">
          <ThemeChoice />
        </Card>
        <Card title="Set elsewhere">
          <p className="text-text-2">
            Presets belong to a cluster and are managed where a migration is planned, at the step of the preferences; holds are put on and released on the cluster’s page of nodes. Slipway sends no
            notifications: the strip above each page of a cluster shows the run that is on, and its record tells how it ended.
          </p>
          <p className="mt-3">
            <Link href={routes.clusters()} className={buttonLook()}>
              Choose a cluster
            </Link>
          </p>
        </Card>
        <Card title="Data kept">
          <p className="text-text-2">
            {retentionOf(data)} A run can be deleted on its page by typing its id; its plan goes with it. A plan that nobody changes is kept for {counted(draftKeptDays, 'day')}, a hold until it
            ends or is released. Your token is kept encrypted until you sign out; a
            run keeps a sealed copy of it only where you agreed, and at most until an hour after its end.
          </p>
        </Card>
      </div>
    </PageBody>
  )
}
