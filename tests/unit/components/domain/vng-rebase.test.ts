import { describe, expect, it } from 'vitest'
import { beginningOf, typedIn } from '@/components/domain/use-vng-editor'
import { changesOf, type VngDraft } from '@/components/domain/vng-document'
import { rebased } from '@/components/domain/vng-rebase'

const was = { name: 'web', nodeCountLimits: { minCount: 0, maxCount: 20 }, strategy: { spotPercentage: 100 }, labels: { team: 'red' }, vmSizes: { filters: { minVCpu: 4, maxVCpu: 16 } } }
const sent = (is: VngDraft, now: VngDraft) => changesOf(now, rebased(was, is, now))

describe('what was entered, on a group that somebody else has changed', () => {
  it.each<[string, VngDraft, VngDraft, VngDraft]>([
    ['keeps both where the fields differ', { ...was, nodeCountLimits: { minCount: 0, maxCount: 30 } }, { ...was, strategy: { spotPercentage: 50 } }, { nodeCountLimits: { maxCount: 30 } }],
    ['keeps both in one group of fields', { ...was, strategy: { spotPercentage: 100, drainingTimeout: 300 } }, { ...was, strategy: { spotPercentage: 50 } }, { strategy: { drainingTimeout: 300 } }],
    ['keeps both below the second level, which is sent whole', { ...was, vmSizes: { filters: { minVCpu: 8, maxVCpu: 16 } } }, { ...was, vmSizes: { filters: { minVCpu: 4, maxVCpu: 32 } } }, { vmSizes: { filters: { minVCpu: 8, maxVCpu: 32 } } }],
    ['keeps both labels', { ...was, labels: { team: 'red', mine: 'x' } }, { ...was, labels: { team: 'red', theirs: 'y' } }, { labels: { team: 'red', mine: 'x', theirs: 'y' } }],
    ['takes the labels from the template where that was chosen', { ...was, labels: undefined }, { ...was, labels: { team: 'red', theirs: 'y' } }, { labels: null }],
    ['keeps a list of labels whole where theirs come from the template now', { ...was, labels: { team: 'red', mine: 'x' } }, { ...was, labels: null }, { labels: { team: 'red', mine: 'x' } }],
    ['gives one field back to the template and not its neighbour', { ...was, strategy: undefined }, { ...was, strategy: { spotPercentage: 100, drainingTimeout: 300 } }, { strategy: { spotPercentage: null } }],
    ['has the last word on the same field', { ...was, strategy: { spotPercentage: 80 } }, { ...was, strategy: { spotPercentage: 50 } }, { strategy: { spotPercentage: 80 } }],
    ['sends nothing that is so by now', { ...was, strategy: undefined }, { ...was, strategy: null }, {}],
    ['sends nothing where nothing was entered', was, { name: 'other', availabilityZones: ['1'] }, {}],
  ])('%s', (_, is, now, changes) => {
    expect(sent(is, now)).toEqual(changes)
  })
})

describe('an edit that was left half-filled', () => {
  const now = { ...was, strategy: { spotPercentage: 50 } }
  const entered = { ...was, nodeCountLimits: { minCount: 0, maxCount: 30 } }
  const merged = { ...now, nodeCountLimits: { minCount: 0, maxCount: 30 } }
  const left = (text: string | null) => JSON.parse(JSON.stringify(typedIn(was, text === null ? { view: 'form', draft: entered, text: '' } : { view: 'json', draft: null, text }))) as unknown

  it('goes on where it was while the group is the same', () => {
    expect(beginningOf(was, was, left(null))).toEqual({ before: was, draft: entered, text: null, hasMoved: false })
    expect(beginningOf(was, was, null)).toEqual({ before: was, draft: was, text: null, hasMoved: false })
  })
  it('goes on with what the group is now, and says so', () => {
    expect(beginningOf(now, now, left(null))).toEqual({ before: now, draft: merged, text: null, hasMoved: true })
    const json = beginningOf(now, now, left(JSON.stringify(entered)))
    expect(json).toMatchObject({ before: now, hasMoved: true })
    expect(JSON.parse(json.text ?? '')).toEqual(merged)
  })
  it('stays against what the group was where its text cannot be read yet: only what was changed is sent then, too', () => {
    expect(beginningOf(now, now, left('{ "name": '))).toMatchObject({ before: was, text: '{ "name": ', hasMoved: true })
  })
})
