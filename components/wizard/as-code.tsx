'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import type { PreferencesInput } from '@/lib/contract/draft'

export type CodeInput = { upstream: string; accountId: string; clusterId: string; nodeNames: readonly string[]; preferences: PreferencesInput }

/** The body of Create Migration, flat and with every option, as Slipway itself sends it but for the mark. */
export const migrationBody = ({ nodeNames, preferences }: Pick<CodeInput, 'nodeNames' | 'preferences'>) => {
  const { comment, ...options } = preferences
  return { ...options, ...(comment === '' ? {} : { comment }), nodeNames }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** The launch as a command; the token stays a variable of the shell. */
export const curlCommand = (input: CodeInput): string =>
  [
    `curl -X POST ${quoted(`${input.upstream}/ocean/azure/np/cluster/${input.clusterId}/migration?accountId=${input.accountId}`)} \\`,
    `  -H "Authorization: Bearer $SPOT_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(JSON.stringify(migrationBody(input), null, 2))}`,
  ].join('\n')

/** The plan as something to paste elsewhere. */
export const AsCode = ({ input }: { input: CodeInput }) => {
  const [isOpen, setOpen] = useState(false)
  const text = curlCommand(input)
  return (
    <>
      <Button onClick={() => setOpen(true)}>As curl</Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="This plan as a command" description="It starts the same migration. Set SPOT_TOKEN in your shell first." footer={<CopyButton text={text} label="Copy the command" />}>
        <pre tabIndex={0} className="max-h-[50dvh] overflow-auto rounded bg-sunken p-3 font-mono text-xs">
          {text}
        </pre>
      </Dialog>
    </>
  )
}
