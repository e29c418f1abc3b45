import { asciiJson, shellQuoted } from '@/lib/format/quoting'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { factsOfPools, knownLimits, pastesOf, poolsOfRun, type RollbackFacts, type RollbackKit } from './rollback'
import { readCommands, restoreCommands, scaleCommands } from './rollback-commands'

/** A fence that is longer than any run of backticks in the text. */
const fenced = (language: string, text: string): string => {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}${language}\n${text}\n${fence}`
}

/** Words of people and names of other systems on one line: nothing in them is markup. */
const plain = (text: string): string => visibleText(text).replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const poolNamesOf = (kit: RollbackKit): string[] => poolsOfRun(kit) ?? kit.facts.pools?.map(({ poolName }) => poolName) ?? []

const poolsPart = (kit: RollbackKit): string[] => {
  const { facts } = kit
  const counts = facts.pools === null ? ['How many nodes each pool had was not read.'] : ['| Pool | Nodes before |', '| --- | --- |', ...facts.pools.map(({ poolName, nodes }) => `| ${plain(poolName)} | ${nodes} |`)]
  const all = poolsOfRun(kit) === undefined ? ['Which of the pools the run took nodes from was not kept: leave the others as they are.', ''] : []
  return ['## 2. Give the old pools their size back', '', 'A run switches the autoscaler of the pools off and takes their nodes away.', '', ...all, ...counts, '']
}

const limitSources = ({ limits, scaled }: RollbackFacts): string => {
  const pastes = limits === null ? [] : pastesOf(limits)
  const sources = [
    ...(scaled == null || scaled.length === 0 ? [] : [`As the cluster autoscaler had written them: ${scaled.map(({ poolName }) => plain(poolName)).join(', ')}.`]),
    ...pastes.map(({ names, pastedBy, pastedAtMs }) => `As pasted by ${plain(pastedBy)} at ${utc(pastedAtMs)}: ${names.map(plain).join(', ')}.`),
  ]
  return sources.length > 0 ? sources.join(' ') : 'Nobody kept the limits of the autoscaler before this launch, and its status in Kubernetes had none. Spot’s API does not have them; look for them in your templates.'
}

const limitsPart = (kit: RollbackKit): string[] => {
  const { facts } = kit
  const commands = restoreCommands(facts, knownLimits(facts))
  const other = scaleCommands(facts)
  const now = readCommands(facts, poolNamesOf(kit))
  return [
    limitSources(facts),
    '',
    ...(commands.length > 0 ? [fenced('sh', commands.join('\n')), ''] : []),
    ...(other.length > 0 ? ['Without limits, only the number of nodes can be given back:', '', fenced('sh', other.join('\n')), ''] : []),
    ...(now.length > 0 ? ['What stands there now is read with:', '', fenced('sh', now.join('\n')), ''] : []),
  ]
}

const cordonPart = ({ facts, selection, nodeNames = [] }: RollbackKit): string[] => {
  const head = ['## 3. Let the old nodes take pods again', '']
  if (facts.cordoned === null) return [...head, 'Which nodes were cordoned before was not read: Kubernetes is not connected. Look with `kubectl get nodes` and free each old node that should take pods.', '']
  const was = new Set(facts.cordoned)
  const before = facts.cordoned.length === 0 ? 'No node was cordoned before.' : `${counted(facts.cordoned.length, 'node')} had been cordoned before and should stay so: ${facts.cordoned.map(plain).join(', ')}.`
  const free = (selection.kind === 'nodes' ? selection.names : nodeNames).filter((name) => !was.has(name))
  const commands = free.length === 0 ? [] : ['Of the nodes of this run, those that still exist:', '', fenced('sh', free.map((name) => `kubectl uncordon ${shellQuoted(name)}`).join('\n')), '']
  return [...head, before, '', ...commands]
}

const groupsPart = ({ facts }: RollbackKit): string[] => [
  '## 5. Virtual node groups as they were',
  '',
  ...(facts.vngs === null ? ['They were not read.'] : [`${counted(facts.vngs.length, 'group')}, as Spot gave them. Compare before you write one back.`, '', fenced('json', asciiJson(facts.vngs))]),
  '',
  ...(facts.template == null ? [] : ['The template of the cluster, from which a group takes what it does not set:', '', fenced('json', asciiJson(facts.template)), '']),
]

/** The kit with the facts of the run's own pools. */
const ofRun = (kit: RollbackKit): RollbackKit => {
  const names = poolsOfRun(kit)
  return names === undefined ? kit : { ...kit, facts: factsOfPools(kit.facts, names) }
}

/** What a person follows to go back, as Markdown. Everything in it was recorded before the launch; steps that need an unread fact say so. */
export const runbookOf = (stored: RollbackKit, migrationId: string | null): string => {
  const kit = ofRun(stored)
  return [
    `# Going back: ${migrationId ?? 'a migration that is planned'} in ${plain(kit.clusterId)}`,
    '',
    `Recorded at ${utc(kit.facts.readAtMs)}, ${migrationId === null ? 'for the plan of' : 'before the launch by'} ${plain(kit.startedBy)}. ${counted(kit.selection.names.length, kit.selection.kind === 'pools' ? 'node pool' : 'node')} in it.`,
    ...(kit.comment === '' ? [] : ['', `Comment: ${plain(kit.comment)}`]),
    '',
    '## 1. Stop the run, if it is on',
    '',
    'Stop it on its page, or in the Spot console. Nodes that were begun may stay cordoned. A node that was deleted does not come back; its pool gives a new one.',
    '',
    ...poolsPart(kit),
    ...limitsPart(kit),
    ...cordonPart(kit),
    '## 4. Move the pods back',
    '',
    'When the old pools have room, cordon and drain the new nodes, one after another. They carry the label `spotinst.io/node-lifecycle`. Ocean starts new ones for pending pods as long as a group matches them: lower the limits of the groups first.',
    '',
    fenced('sh', 'kubectl get nodes --selector spotinst.io/node-lifecycle\nkubectl cordon "$NODE"\nkubectl drain "$NODE" --ignore-daemonsets --delete-emptydir-data'),
    '',
    ...groupsPart(kit),
    '## 6. The options of the run',
    '',
    fenced('json', asciiJson(kit.options)),
    '',
  ].join('\n')
}
