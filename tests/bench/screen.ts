import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { median } from './measure'

const path = routes.nodes('o-demo0001')

/** Time from an action until a condition holds in the page, looked at in every frame. */
const untilIn = (page: Page, act: string, holds: string): Promise<number> =>
  page.evaluate(
    ([action, condition]) =>
      new Promise<number>((resolve) => {
        const run = (code: string) => (window as unknown as Record<string, () => unknown>)[code]?.()
        const startedAt = performance.now()
        run(action ?? '')
        const look = () => (run(condition ?? '') ? resolve(performance.now() - startedAt) : requestAnimationFrame(look))
        requestAnimationFrame(look)
      }),
    [act, holds],
  )

type Bench = { benchFilter: () => void; benchFiltered: () => boolean; benchSelect: () => void; benchSelected: () => boolean; benchTasksMs: number[] }

// Put in by the page itself: the content policy lets no text be run as code.
const prepare = (page: Page) =>
  page.evaluate(() => {
    const bench = window as unknown as Bench
    const rows = () => document.querySelectorAll('[role=treegrid] [role=row]').length
    const box = () => document.querySelector<HTMLInputElement>('input[type=search]')
    const all = () => document.querySelector<HTMLElement>('[role=treegrid] [role=columnheader] [role=checkbox]')
    bench.benchTasksMs = []
    new PerformanceObserver((list) => bench.benchTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
    let before = ''
    const shown = () => document.querySelector('[role=treegrid]')?.textContent ?? ''
    bench.benchFilter = () => {
      before = shown()
      const input = box()
      if (input === null) return
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, input.value === 'npgpu' ? 'npweb' : 'npgpu')
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
    bench.benchFiltered = () => shown() !== before && rows() > 1
    bench.benchSelect = () => all()?.click()
    bench.benchSelected = () => /^[1-9][\d,\s]* of [\d,\s]+ selected/.test([...document.querySelectorAll('strong')].map(({ textContent }) => textContent ?? '').find((text) => text.endsWith('selected')) ?? '')
  })

const firstRows = async (page: Page): Promise<number> => {
  const startedAt = performance.now()
  await page.goto(path)
  await page.getByRole('treegrid').getByRole('row', { name: /npweb/ }).first().waitFor()
  return performance.now() - startedAt
}

const heapBytes = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const given = globalThis as unknown as { gc?: () => void; performance: { memory?: { usedJSHeapSize: number } } }
    given.gc?.()
    return given.performance.memory?.usedJSHeapSize ?? 0
  })

const scrollThrough = async (page: Page): Promise<void> => {
  await page.getByRole('treegrid').focus()
  for (const key of ['PageDown', 'PageDown', 'End', 'Home']) {
    await page.keyboard.press(key)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

/** Tasks of the page's one thread since it was prepared that lasted 50 ms or longer, longest first. */
const longTasksMs = (page: Page): Promise<number[]> => page.evaluate(() => (window as unknown as Bench).benchTasksMs.toSorted((one, other) => other - one))

/** What a person at the nodes page waits for, in milliseconds, as medians of `count` turns. */
export const benchScreen = async (page: Page, count: number) => {
  const first: number[] = []
  for (let turn = 0; turn < count; turn += 1) first.push(await firstRows(page))
  const heap = await heapBytes(page)
  await prepare(page)
  const select: number[] = []
  for (let turn = 0; turn < count; turn += 1) {
    select.push(await untilIn(page, 'benchSelect', 'benchSelected'))
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await page.getByText(/^0 of /).waitFor()
  }
  const filter: number[] = []
  for (let turn = 0; turn < count; turn += 1) filter.push(await untilIn(page, 'benchFilter', 'benchFiltered'))
  for (let turn = 0; turn < count; turn += 1) await scrollThrough(page)
  const tasks = await longTasksMs(page)
  return { firstRowsMs: median(first), selectAllMs: median(select), filterToRowsMs: median(filter), heapBytes: heap, longestTaskMs: tasks[0] ?? 0, tasksOver200Ms: tasks.filter((ms) => ms > 200).length }
}
