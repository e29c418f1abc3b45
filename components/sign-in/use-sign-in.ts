'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { signIn } from 'next-auth/react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { ShownError } from '@/components/ui/states'
import { signInRequest, type AccountsAnswer, type SignInRequest } from '@/lib/contract/session'
import { isErrorCode } from '@/lib/errors'
import { asProblem } from '@/lib/queries/problem-error'
import { findAccounts } from '@/lib/queries/session'
import { signInError } from './messages'

/** Failures that only a browser can meet have words of their own already. */
const shown = (error: unknown): ShownError | null => {
  if (!error) return null
  const { code, title, detail, requestId } = asProblem(error)
  return { ...(isErrorCode(code) ? signInError(code) : { title, detail }), requestId }
}

/** The token may be good: Spot failed, or limits the organisation, at the one call that signing in can do without. */
const isUpstream = (error: unknown): boolean => Boolean(error) && /^upstream_/.test(asProblem(error).code)

/** The two steps of signing in: the token finds the accounts, then token, account and name open the session. */
export const useSignIn = (goTo: string) => {
  const form = useForm<SignInRequest>({ resolver: zodResolver(signInRequest), defaultValues: { token: '', accountId: '', displayName: '' } })
  const [found, setFound] = useState<AccountsAnswer | null>(null)
  const [refusal, setRefusal] = useState<ShownError | null>(null)

  // The fields of the second step are there only now: whoever pressed the button goes on typing.
  const { setFocus } = form
  useEffect(() => {
    if (found !== null) setFocus(found.canList && found.accounts.length === 1 ? 'displayName' : 'accountId')
  }, [found, setFocus])

  const lookUp = useMutation({
    mutationFn: findAccounts,
    onSuccess: (answer) => {
      setFound(answer)
      const only = answer.accounts[0]
      if (only) form.setValue('accountId', only.accountId)
    },
  })

  const open = useMutation({
    mutationFn: (values: SignInRequest) => signIn('credentials', { redirect: false, ...values }),
    onSuccess: (result) => {
      if (result?.ok && !result.error) window.location.assign(goTo)
      else setRefusal(signInError(result?.error))
    },
    onError: () => setRefusal({ title: 'Slipway cannot be reached', detail: 'The server did not answer. Check that it is running, then try again.' }),
  })

  const submitToken = async () => {
    if (await form.trigger('token')) lookUp.mutate(form.getValues('token').trim())
  }
  const submitAll = form.handleSubmit((values) => {
    setRefusal(null)
    open.mutate(values)
  })

  return {
    control: form.control,
    found,
    error: found === null ? shown(lookUp.error) : refusal,
    isBusy: lookUp.isPending || open.isPending || (open.isSuccess && refusal === null),
    submit: found === null ? submitToken : submitAll,
    /** Goes on with a typed account where the accounts could not be read; null where that leads nowhere. */
    typeAccount: found === null && isUpstream(lookUp.error) ? () => setFound({ canList: false, accounts: [] }) : null,
    /** Back to the token, with what was typed kept. */
    changeToken: () => {
      setFound(null)
      setRefusal(null)
      lookUp.reset()
    },
  }
}
