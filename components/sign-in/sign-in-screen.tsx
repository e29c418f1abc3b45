'use client'

import { useState, type FormEvent } from 'react'
import { FormError } from '@/components/form/form-error'
import { TextField } from '@/components/form/text-field'
import { Logo } from '@/components/layout/logo'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import { useIsReady } from '@/components/ui/use-is-ready'
import { routes } from '@/lib/routes'
import { AccountField } from './account-field'
import { safePath } from './safe-path'
import { useSignIn } from './use-sign-in'

const demoToken = 'demo-token'

const DemoHint = () => (
  <p className="flex flex-wrap items-center gap-x-1 text-xs text-text-2">
    This server speaks to a simulator. Its token is <code className="font-mono text-text">{demoToken}</code>
    <CopyButton text={demoToken} label="Copy the demo token" />
  </p>
)

type SignInScreenProps = { callbackUrl?: string; reason?: string; isSimulator: boolean }

export const SignInScreen = ({ callbackUrl, reason, isSimulator }: SignInScreenProps) => {
  const [goTo] = useState(() => safePath(callbackUrl, routes.clusters()))
  const { control, found, error, isBusy, submit, changeToken, typeAccount } = useSignIn(goTo)
  const isReady = useIsReady()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isBusy) void submit()
  }
  return (
    <main className="flex min-h-dvh flex-col items-center bg-bg px-4 pt-[14dvh] pb-8">
      <form onSubmit={onSubmit} noValidate className="w-full max-w-[400px] rounded-lg border border-line bg-surface p-6 shadow">
        {/* Until the page is ready a browser would send the form by itself, with the token in the address. */}
        <fieldset disabled={!isReady} className="flex min-w-0 flex-col gap-4">
          <div>
            <Logo className="mb-3 size-8" />
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Slipway</h1>
            <p className="mt-1 text-text-2">With a token of your Spot organisation. It stays on the server, encrypted, and never comes back to a browser.</p>
          </div>
          {reason === 'expired' ? (
            <Notice tone="warning" title="Your session has ended.">
              Sign in again to return to where you were. Runs go on and are recorded meanwhile.
            </Notice>
          ) : null}
          <TextField
            control={control}
            name="token"
            label="Spot API token"
            type="password"
            autoComplete="off"
            isMono
            isReadOnly={found !== null}
            help={found === null ? 'Personal and programmatic tokens both work. A viewer’s token can look but not launch.' : undefined}
          />
          {found ? (
            <>
              <AccountField control={control} found={found} />
              <TextField control={control} name="displayName" label="Your name" autoComplete="name" help="The record shows it beside what you launch and stop." />
            </>
          ) : null}
          <FormError error={error} />
          <div className="flex items-center justify-between gap-2">
            {found ? (
              <Button variant="quiet" onClick={changeToken}>
                Other token
              </Button>
            ) : typeAccount ? (
              <Button variant="quiet" onClick={typeAccount}>
                Type the account id
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" variant="primary" isBusy={isBusy}>
              {found ? 'Sign in' : 'Continue'}
            </Button>
          </div>
          {isSimulator ? <DemoHint /> : null}
        </fieldset>
        <noscript>
          <p className="mt-4 text-sm text-text-2">Slipway needs JavaScript, which is off in this browser. Switch it on and load the page again.</p>
        </noscript>
      </form>
    </main>
  )
}
