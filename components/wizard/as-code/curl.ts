import { shellQuoted } from '@/lib/format/quoting'
import { fileNameOf, jsonBody, type CodeInput } from './code-input'

/** Linux takes 128 KiB in one argument of a command, its end included; some room is left to edit it. */
const longestArgument = 120_000

/** True when the body is too long for a command line and is read from a file instead. */
export const needsBodyFile = (input: CodeInput): boolean => jsonBody(input).length > longestArgument

const urlOf = ({ upstream, clusterId, accountId }: CodeInput): string => `${upstream}/ocean/azure/np/cluster/${encodeURIComponent(clusterId)}/migration?accountId=${encodeURIComponent(accountId)}`

/** The launch as a command; the token stays a variable of the shell, which refuses to start without it. */
export const curlCommand = (input: CodeInput): string =>
  [
    `curl --silent --show-error --request POST ${shellQuoted(urlOf(input))} \\`,
    `  --header "Authorization: Bearer \${SPOT_TOKEN:?Set SPOT_TOKEN first}" \\`,
    `  --header 'Content-Type: application/json' \\`,
    `  -d ${needsBodyFile(input) ? `@${fileNameOf(input, 'json')}` : shellQuoted(jsonBody(input))}`,
  ].join('\n')
