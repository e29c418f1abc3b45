import { describe, expect, it } from 'vitest'
import { diffMigration } from '@/lib/domain/progress/diff'
import { phaseOf } from '@/lib/domain/progress/phase'
import { emptyRun, foldRun } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '../../../factories/migration'

const phaseWith = (...statuses: string[]) => phaseOf(foldRun(stamp(diffMigration(emptyRun, makeMigration({ nodes: statuses.map((status, index) => ({ name: `n${index}`, status })) })), 0, 1_000)))

describe('the phase of a run', () => {
  it.each([
    ['starting', ['TO_BE_REPLACED', 'TO_BE_REPLACED']],
    ['moving', ['REPLACED', 'IN_PROGRESS', 'TO_BE_REPLACED']],
    ['between', ['REPLACED', 'TO_BE_REPLACED']],
    ['between', ['NOT_REPLACED_DUE_TO_PDB', 'SOMETHING_NEW']],
  ] as const)('is %s with nodes %j', (phase, statuses) => {
    expect(phaseWith(...statuses)).toBe(phase)
  })

  it('is starting before anything was read', () => {
    expect(phaseOf(emptyRun)).toBe('starting')
  })

  it('is stopping from the moment somebody asked, and over when the run is', () => {
    const changes = stamp(diffMigration(emptyRun, makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }] })), 0, 1_000)
    const asked = [...changes, ...stamp([{ kind: 'stop', body: { askedBy: 'ops-1' } }], changes.length, 2_000)]
    expect(phaseOf(foldRun(asked))).toBe('stopping')
    const ended = stamp(diffMigration(foldRun(asked), makeMigration({ status: 'STOPPED', nodes: [{ name: 'a', status: 'REPLACED' }] })), asked.length, 3_000)
    expect(phaseOf(foldRun([...asked, ...ended]))).toBe('over')
  })
})
