import { pythonQuoted } from '@/lib/format/quoting'
import { migrationBody, type CodeInput } from './code-input'

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const literal = (value: boolean | number | string | readonly string[]): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return pythonQuoted(value)
  return ['[', ...value.map((name) => `        ${pythonQuoted(name)},`), '    ]'].join('\n')
}

/**
 * The launch by the vendor's Python SDK (spotinst-sdk2 3.17: `OceanAzureClient.create_migration`, which sends
 * the options flat under their names in camel case). An account goes with a token that is given, so both stand here.
 */
export const pythonScript = (input: CodeInput): string =>
  [
    'import os',
    '',
    'from spotinst_sdk2 import SpotinstSession',
    'from spotinst_sdk2.models.ocean.azure import Migration',
    '',
    'session = SpotinstSession(',
    `    base_url=${pythonQuoted(input.upstream)},`,
    '    auth_token=os.environ["SPOT_TOKEN"],',
    `    account_id=${pythonQuoted(input.accountId)},`,
    ')',
    'migration = Migration(',
    ...Object.entries(migrationBody(input)).map(([name, value]) => `    ${snakeCase(name)}=${literal(value)},`),
    ')',
    'client = session.client("ocean_azure")',
    `print(client.create_migration(${pythonQuoted(input.clusterId)}, migration))`,
    '',
  ].join('\n')
