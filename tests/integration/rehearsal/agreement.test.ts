import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { outcomeOf, type Outcome } from '@/lib/domain/run-rules'
import { scenarioNames, type ScenarioName } from '@/lib/simulator/scenarios/table'
import { rehearseAndCarryOut } from '@/tests/support/rehearsal'
import { repeats } from '@/tests/support/soak'

/** Clusters on which the rehearsal was developed, and clusters that nobody looked at while it was. The table is of both. */
const developed = [7, 11]
const heldOut = [6001, 6002]
/** Rehearsals of each plan: each reading of the batch size three times, and an odd number, so that none is a draw. */
const rehearsals = Array.from({ length: 9 }, (_, index) => index + 1)
/** Held-out clusters may be this much worse by chance. */
const slack = 0.03

/** Nothing that can be read before a launch tells of these. */
const unforeseen: Partial<Record<ScenarioName, string>> = {
  'threshold-fails-in-batch-2': 'new nodes that never become healthy',
  'no-capacity': 'that Azure has no capacity',
  'controller-lost': 'a controller that falls silent',
  'technical-timeout': 'that the vendor gives the run up',
  'cannot-terminate': 'that Azure refuses to delete nodes',
  'stop-mid-drain': 'that somebody stops the run',
  'uncordon-fails': 'that somebody stops the run',
  'node-vanishes': 'a node that disappears',
}

/** Foreseen only where Kubernetes is read. */
const needsKubernetes: Partial<Record<ScenarioName, string>> = {
  mixed: 'budgets',
  'pdb-skips-everything-but-completes': 'budgets',
}

/** Where a rehearsal without Kubernetes says something that the row above it does not. */
const tellsWithout: ReadonlySet<ScenarioName> = new Set(['calm', ...Object.keys(needsKubernetes)] as ScenarioName[])

/** What strikes whatever the cluster is needs one of each kind. */
const clustersOf = (scenario: ScenarioName): number[] => (unforeseen[scenario] === undefined ? [...developed, ...heldOut] : [...developed.slice(0, 1), ...heldOut.slice(0, 1)])

const partly: Partial<Record<ScenarioName, string>> = { mixed: 'one replacement that never becomes healthy' }

type Counts = Partial<Record<Outcome, number>>
type Tried = { seed: number; agreed: number; nodes: number; predicted: Counts; happened: Counts; isInside: boolean }
type Row = { scenario: ScenarioName; hasKubernetes: boolean; tried: Tried[] }

const tally = (found: readonly Outcome[]): Counts => {
  const counts: Counts = {}
  for (const outcome of found) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

const tryOut = async (scenario: ScenarioName, hasKubernetes: boolean, seed: number): Promise<Tried> => {
  const { summary, happened } = await rehearseAndCarryOut({ scenario, seed, hasKubernetes }, rehearsals)
  const pairs = summary.nodes.map(({ nodeName, status }) => [outcomeOf(status), outcomeOf(happened.nodes[nodeName] ?? '')] as const)
  const { lowMs, highMs } = summary.durations
  return {
    seed,
    agreed: pairs.filter(([said, seen]) => said === seen).length,
    nodes: pairs.length,
    predicted: tally(pairs.map(([said]) => said)),
    happened: tally(pairs.map(([, seen]) => seen)),
    isInside: happened.durationMs >= lowMs && happened.durationMs <= highMs,
  }
}

const rowOf = async (scenario: ScenarioName, hasKubernetes: boolean, seeds: readonly number[]): Promise<Row> => {
  const tried: Tried[] = []
  for (const seed of seeds) tried.push(await tryOut(scenario, hasKubernetes, seed))
  return { scenario, hasKubernetes, tried }
}

const sum = (tried: readonly Tried[], of: (one: Tried) => number) => tried.reduce((total, one) => total + of(one), 0)
const agreement = (tried: readonly Tried[]): number => sum(tried, ({ agreed }) => agreed) / sum(tried, ({ nodes }) => nodes)
const ofSeeds = (tried: readonly Tried[], seeds: readonly number[]): Tried[] => tried.filter(({ seed }) => seeds.includes(seed))
const percent = (share: number) => Math.floor(share * 1000) / 10

const words = [['moved', 'moved'], ['skipped', 'skipped'], ['failed', 'failed'], ['untouched', 'not reached']] as const

const countsText = (tried: readonly Tried[], of: (one: Tried) => Counts): string =>
  words.flatMap(([outcome, word]) => {
    const count = sum(tried, (one) => of(one)[outcome] ?? 0)
    return count === 0 ? [] : [`${count} ${word}`]
  }).join(', ')

const unseen = ({ scenario, hasKubernetes }: Row): string =>
  [unforeseen[scenario], hasKubernetes ? undefined : needsKubernetes[scenario], partly[scenario]].filter((text) => text !== undefined).join('; ')

const lineOf = (row: Row): string => {
  const { scenario, hasKubernetes, tried } = row
  const inside = tried.filter(({ isInside }) => isInside).length
  const cells = [
    `\`${scenario}\``,
    hasKubernetes ? 'read' : 'not read',
    sum(tried, ({ nodes }) => nodes),
    countsText(tried, ({ predicted }) => predicted),
    countsText(tried, ({ happened }) => happened),
    `${percent(agreement(tried))} %`,
    `${percent(agreement(ofSeeds(tried, developed)))} %`,
    `${percent(agreement(ofSeeds(tried, heldOut)))} %`,
    `${inside} of ${tried.length}`,
    unseen(row),
  ]
  return `| ${cells.join(' | ')} |`
}

const file = 'docs/rehearsal.md'
const [begin, end] = ['<!-- agreement: begin -->', '<!-- agreement: end -->']
const header = '| Scenario | Kubernetes | Nodes | Rehearsed | Happened | Agreement per node | Developed on | Not looked at | Duration inside 10–90 % | Cannot be foreseen |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |'

const readTable = (): string[] => {
  const text = readFileSync(file, 'utf8')
  return text.slice(text.indexOf(begin), text.indexOf(end)).split('\n').filter((line) => line.startsWith('| `'))
}

const writeTable = (lines: readonly string[]) => {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `${text.slice(0, text.indexOf(begin))}${begin}\n${header}\n${lines.join('\n')}\n${text.slice(text.indexOf(end))}`)
}

/** The agreement in percent by scenario and by whether Kubernetes was read. */
const figures = (lines: readonly string[]): Map<string, number> =>
  new Map(lines.map((line) => {
    const cells = line.split(' | ')
    return [`${cells[0]} ${cells[1]}`, Number.parseFloat(cells[5] ?? '')]
  }))

describe('rehearsed against carried out, over every scenario of the simulator', () => {
  const rows: Row[] = []

  beforeAll(async () => {
    for (const scenario of scenarioNames)
      for (const hasKubernetes of tellsWithout.has(scenario) ? [true, false] : [true]) rows.push(await rowOf(scenario, hasKubernetes, clustersOf(scenario)))
    if (process.env.UPDATE_DOCS === '1') writeTable(rows.map(lineOf))
  }, 300_000)

  it('docs/rehearsal.md has a row for each, and none agrees less than the document says', () => {
    const [said, found] = [figures(readTable()), figures(rows.map(lineOf))]
    expect([...said.keys()]).toEqual([...found.keys()])
    for (const [row, figure] of found) expect(figure, row).toBeGreaterThanOrEqual(said.get(row) ?? Number.NaN)
  })

  it('what can be foreseen is: with Kubernetes nearly every node ends as rehearsed', () => {
    for (const { scenario, hasKubernetes, tried } of rows)
      if (hasKubernetes && unforeseen[scenario] === undefined) expect(agreement(tried), scenario).toBeGreaterThanOrEqual(0.95)
  })

  it('without Kubernetes it is as good wherever no budget stands in the way', () => {
    for (const { scenario, hasKubernetes, tried } of rows)
      if (!hasKubernetes && unforeseen[scenario] === undefined && needsKubernetes[scenario] === undefined) expect(agreement(tried), scenario).toBeGreaterThanOrEqual(0.95)
  })

  it('is no worse on clusters it was not developed on', async ({ annotate }) => {
    const more = Array.from({ length: repeats(0, 20) }, (_, index) => 7001 + index)
    for (const hasKubernetes of [true, false]) {
      const foreseeable = rows.filter(({ scenario, hasKubernetes: has }) => has === hasKubernetes && unforeseen[scenario] === undefined)
      const fresh: Tried[] = []
      for (const { scenario } of foreseeable) fresh.push(...(await rowOf(scenario, hasKubernetes, more)).tried)
      const of = (seeds: readonly number[]) => foreseeable.flatMap(({ tried }) => ofSeeds(tried, seeds))
      const [known, held] = [agreement(of(developed)), agreement([...of(heldOut), ...fresh])]
      await annotate(`${hasKubernetes ? 'with' : 'without'} Kubernetes: ${percent(known)} % of nodes on clusters it was developed on, ${percent(held)} % on others`)
      expect(held).toBeGreaterThanOrEqual(known - slack)
    }
  })
})
