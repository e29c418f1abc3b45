import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fault, twinKnob } from '@/lib/simulator/admin-types'
import { wireInput } from '@/lib/simulator/wire-input'
import { helpText } from '@/lib/simulator/flags'
import { scenarioNames } from '@/lib/simulator/scenarios/table'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'

const text = readFileSync('docs/simulator.md', 'utf8')
const rows = text.split('\n').filter((line) => line.startsWith('| '))
const cells = rows.map((row) => row.split(' | ')[0] ?? '')

/** Names that open no row of a table, alone or with others in its first cell. */
const withoutRow = (names: string[]): string[] => names.filter((name) => !cells.some((cell) => cell.includes(`\`${name}\``)))
const unnamed = (names: string[]): string[] => names.filter((name) => !new RegExp(`\`${name}[\`?]|[ .]${name}[?\`]`).test(text))

test('the document has a row for every flag, scenario and switch, and for every effect of a fault', () => {
  const flags = [...helpText().matchAll(/^ {2}(--[\w-]+)/gm)].map(([, name = '']) => name)
  const twin = createTwin({ spec: generateCluster({ seed: 1, clusterId: 'o-1a2b3c4d', name: 'prod', nodes: 8 }), seed: 1 })
  expect(flags.length).toBeGreaterThan(10)
  expect(withoutRow([...flags, ...scenarioNames, ...Object.keys(twin.switches)])).toEqual([])
  expect(withoutRow(fault.shape.effect.options.map(({ shape }) => shape.kind.value))).toEqual([])
  expect(withoutRow(['--absent'])).toEqual(['--absent'])
})

test('the document names everything that the admin endpoint does to a twin or to the wire', () => {
  expect(unnamed([...twinKnob.options.map(({ shape }) => shape.kind.value), ...Object.keys(wireInput.shape)])).toEqual([])
  expect(unnamed(['absent'])).toEqual(['absent'])
})
