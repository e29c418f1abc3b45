// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { choiceOf } from '@/components/nodes/choosable'
import { targetsOf } from '@/components/nodes/holds/hold-form'
import type { IndexedNode } from '@/components/nodes/node-index'
import { SelectionBar } from '@/components/nodes/selection-bar'
import { TooltipProvider } from '@/components/ui/tooltip'

afterEach(cleanup)

const node = (nodeName: string, readiness: IndexedNode['readiness'] = 'ready'): IndexedNode => ({
  nodeName, poolName: 'npweb', runningPods: 3, match: { kind: 'default' }, readiness, findings: [], vmSize: null, zone: null, spec: null, matchKey: 'default', reasons: [], isSpotOnly: false, haystack: nodeName,
})
const [a, b, c] = [node('a'), node('b'), node('c')] as const

test('what was ticked and is held, unable or gone by now is not taken, and is counted', () => {
  const all = [a, node('b', 'held'), node('c', 'unable')]
  const choice = choiceOf(new Set(['a', 'b', 'c', 'gone']), all, all)
  expect(choice.chosen).toEqual([a])
  expect(choice.dropped).toBe(3)
  expect(targetsOf(choice.chosen, []), 'what is held already is not held again').toMatchObject([{ names: ['a'] }, { kind: 'pool' }])
  expect(choiceOf(new Set(['a', 'b']), [a, b], [a, b]), 'a hold that was released brings its node back').toMatchObject({ chosen: [a, b], dropped: 0 })
})

test('nothing is told of what is ticked before the nodes were read, as the server draws the page', () => {
  expect(choiceOf(new Set(['a', 'b']), undefined, [])).toEqual(choiceOf(new Set(), undefined, []))
})

test('what is chosen and passes no filter is taken, and is counted', () => {
  expect(choiceOf(new Set(['a', 'b']), [a, b, c], [b, c])).toMatchObject({ chosen: [a, b], unlisted: 1, dropped: 0 })
})

const bar = (change: Partial<Parameters<typeof SelectionBar>[0]>, deeds: string[] = []) => {
  const note = (deed: string) => () => void deeds.push(deed)
  return render(
    <TooltipProvider>
      <SelectionBar selected={[a, b]} dropped={0} unlisted={0} total={3} ready={[]} isBusy={false} hold={null} onSelectReady={note('ready')} onKeepListed={note('keep')} onClear={note('clear')} onPlan={note('plan')} {...change} />
    </TooltipProvider>,
  ).container.textContent
}

test('the bar tells what of the selection is not in sight, and leaves it out when asked', async () => {
  const deeds: string[] = []
  expect(bar({})).not.toContain('not listed')
  cleanup()
  expect(bar({ unlisted: 1 }, deeds)).toContain('2 of 3 selected1 of them not listed')
  await userEvent.click(screen.getByRole('button', { name: 'Keep only the listed' }))
  expect(deeds).toEqual(['keep'])
})

test('the bar tells what can no longer be selected, which can be cleared although nothing else is selected', async () => {
  const deeds: string[] = []
  expect(bar({ selected: [], dropped: 2 }, deeds)).toContain('0 of 3 selected2 no longer selectable')
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }))
  await userEvent.click(screen.getByRole('button', { name: 'Plan migration' }))
  expect(deeds).toEqual(['clear'])
})
