/** Who may do what in the simulated organisation. Tokens are made up and open nothing else. */
type SimulatedAccount = { accountId: string; name: string; organizationId: number }

export type Principal = {
  name: string
  /** For --help. */
  help: string
  organizationId: number
  accountIds: readonly string[]
  canWrite: boolean
  canListAccounts: boolean
  /** Ids of clusters that this token is refused, though its account has them. */
  deniedClusters: readonly string[]
}

export const clusterIds = { demo: 'o-demo0001', edge: 'o-demo0002', staging: 'o-stag0001', other: 'o-othr0001' } as const

export const accounts: readonly SimulatedAccount[] = [
  { accountId: 'act-demo0001', name: 'Demo', organizationId: 606079861123 },
  { accountId: 'act-demo0002', name: 'Staging', organizationId: 606079861123 },
  { accountId: 'act-other001', name: 'Other company', organizationId: 707000000001 },
]

const demo: Principal = {
  name: 'demo',
  help: 'may do everything in act-demo0001 and act-demo0002',
  organizationId: 606079861123,
  accountIds: ['act-demo0001', 'act-demo0002'],
  canWrite: true,
  canListAccounts: true,
  deniedClusters: [],
}

/** `expired-token` is on purpose not in the list: like any unknown token it is answered with 401. */
export const principals: Readonly<Record<string, Principal>> = {
  'demo-token': demo,
  'second-token': { ...demo, name: 'second', help: 'the same, for another person' },
  'readonly-token': { ...demo, name: 'readonly', help: 'may only read', canWrite: false },
  'limited-token': {
    ...demo,
    name: 'limited',
    help: `only act-demo0001, without ${clusterIds.edge}; may not list accounts`,
    accountIds: ['act-demo0001'],
    canListAccounts: false,
    deniedClusters: [clusterIds.edge],
  },
  'other-org-token': { ...demo, name: 'other', help: 'everything in act-other001, of another organisation', organizationId: 707000000001, accountIds: ['act-other001'] },
}
