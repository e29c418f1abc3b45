import { describe, expect, test } from 'vitest'
import {
  can,
  countsAsHealthy,
  endWords,
  isFinalNode,
  isFinalRun,
  nodeLabel,
  nodeStatuses,
  outcomeOf,
  runLabel,
  runStatuses,
} from '@/lib/domain/run-rules'

describe('run rules', () => {
  test('only a run in progress is not final and can be stopped', () => {
    expect(runStatuses.filter((status) => !isFinalRun(status))).toEqual(['IN_PROGRESS'])
    expect(runStatuses.filter(can.stop)).toEqual(['IN_PROGRESS'])
  })

  test('a status outside the list is never final, can be stopped and is shown verbatim', () => {
    expect(isFinalRun('STOPPING')).toBe(false)
    expect(can.stop('STOPPING')).toBe(true)
    expect(endWords('STOPPING')).toBe('Spot calls it STOPPING')
    expect(endWords('PARTLY_COMPLETED')).toBe('partly completed')
    expect(runLabel('STOPPING')).toBe('Unknown (STOPPING)')
    expect(outcomeOf('HIBERNATED')).toBe('unknown')
    expect(nodeLabel('HIBERNATED')).toBe('Unknown (HIBERNATED)')
    expect(isFinalNode('HIBERNATED')).toBe(false)
  })

  test('moved and skipped nodes count as healthy, failed and untouched ones do not', () => {
    expect(nodeStatuses.filter(countsAsHealthy)).toEqual(['REPLACED', 'NOT_REPLACED_DUE_TO_PDB', 'NOT_REPLACED_DUE_TO_RSD'])
  })

  test('names of built-in object members are unknown statuses', () => {
    expect(runLabel('constructor')).toBe('Unknown (constructor)')
    expect(outcomeOf('__proto__')).toBe('unknown')
  })

  test('the case of the vendor examples is read too', () => {
    expect(outcomeOf('Replaced')).toBe('moved')
    expect(isFinalRun('completed')).toBe(true)
  })
})
