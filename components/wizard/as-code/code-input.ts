import type { PreferencesInput } from '@/lib/contract/draft'
import { asciiJson } from '@/lib/format/quoting'

/** What a plan as code is made of. `nodePoolNames` where it is sent as node pools, else null. */
export type CodeInput = {
  upstream: string
  accountId: string
  clusterId: string
  nodeNames: readonly string[]
  nodePoolNames: readonly string[] | null
  preferences: PreferencesInput
}

/** The body of Create Migration, flat and with every option, as Slipway itself sends it but for the mark in the comment. */
export const migrationBody = ({ nodeNames, nodePoolNames, preferences }: Pick<CodeInput, 'nodeNames' | 'nodePoolNames' | 'preferences'>) => {
  const { comment, ...options } = preferences
  return { ...options, ...(comment === '' ? {} : { comment }), ...(nodePoolNames === null ? { nodeNames } : { nodePoolNames }) }
}

export const jsonBody = (input: CodeInput): string => asciiJson(migrationBody(input))

/** The name under which a browser keeps a part of the plan: letters of ids only, whatever the cluster is called. */
export const fileNameOf = ({ clusterId }: Pick<CodeInput, 'clusterId'>, extension: string): string => `migration-${clusterId.replace(/[^\w-]/g, '_')}.${extension}`
