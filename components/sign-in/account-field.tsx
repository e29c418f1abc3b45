'use client'

import { useController, type Control } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/form/text-field'
import { visibleText } from '@/lib/format/safe-text'
import type { AccountsAnswer, SignInRequest } from '@/lib/contract/session'

type AccountFieldProps = { control: Control<SignInRequest>; found: AccountsAnswer }

/** The account: chosen where they could be listed, typed where not. */
export const AccountField = ({ control, found }: AccountFieldProps) => {
  const { field, fieldState } = useController({ control, name: 'accountId' })
  if (!found.canList || found.accounts.length === 0)
    return (
      <TextField
        control={control}
        name="accountId"
        label="Account id"
        placeholder="act-1a2b3c4d"
        isMono
        help="The accounts of this token could not be listed. The id stands in the Spot console under Settings, Account."
      />
    )
  return (
    <Field label="Account" error={fieldState.error?.message}>
      {(wiring) => (
        <Select
          {...wiring}
          ref={field.ref}
          className="w-full"
          value={field.value}
          onChange={field.onChange}
          options={found.accounts.map(({ accountId, name }) => ({ value: accountId, label: name ? `${visibleText(name)} (${accountId})` : accountId }))}
        />
      )}
    </Field>
  )
}
