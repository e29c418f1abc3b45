import { describe, expect, test } from 'vitest'
import { drawnBy, shapeTexts, uncountedText } from '@/components/wizard/reading-words'
import { batchReadings, type BatchModel } from '@/lib/domain/batches/batch-sizes'
import { openReadings } from '@/lib/domain/batches/learn'

const openOf = (selected: number, clusterNodes: number | null, holds: BatchModel[] = []) => openReadings(batchReadings({ selected, percentage: 20, clusterNodes }), { holds })

describe('what is risky about the shape of a run', () => {
  test('a batch of one node is named under the reading that has it, beside a run that goes all at once under another', () => {
    expect(shapeTexts(openOf(6, 50), 6)).toEqual([
      { title: 'All at once.', text: expect.stringContaining('Read as a percentage of the whole cluster, all 6 nodes may move in one batch.') },
      { title: 'A batch of one node.', text: 'If that node fails the run ends, whatever the healthy percentage: 4 of 5 batches read as equal parts of the selection.' },
    ])
  })

  test('so is a last batch of one', () => {
    expect(shapeTexts(openOf(21, 21, ['fixed']), 21)).toEqual([{ title: 'A batch of one node.', text: expect.stringContaining('1 of 5 batches read as a percentage of the selection') }])
  })

  test('a run of nothing but single nodes says so', () => {
    expect(shapeTexts(openOf(5, 5), 5).map(({ title }) => title)).toEqual(['One node at a time.'])
  })

  test('a reading that own runs ruled out raises nothing', () => {
    expect(shapeTexts(openOf(20, 900, ['fixed']), 20)).toEqual([])
  })

  test('a cluster that was not counted counts as one that lets all go at once, until it is ruled out', () => {
    expect(shapeTexts(openOf(20, null), 20).map(({ title }) => title)).toEqual(['All at once.'])
    expect(uncountedText(openOf(20, null))).toContain('could not be read')
    expect(uncountedText(openOf(20, null, ['cluster']))).toContain('could not be read')
    expect(uncountedText(openOf(20, null, ['fixed']))).toBeNull()
  })
})

test('a sentence about the batches names the reading that they are drawn by', () => {
  expect(drawnBy(openOf(23, 50), { state: 'none' })).toContain('disrupts most')
  expect(drawnBy(openOf(23, 50, ['fixed']), { state: 'learned' })).toBe(', by the reading that your recorded runs show')
  expect(drawnBy(openOf(23, 50, ['fixed', 'cluster']), { state: 'learned' })).toContain('your recorded runs leave open')
  expect(drawnBy(openOf(5, 5), { state: 'none' })).toBe('')
})
