// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { activeNav, crumbs } from '@/components/layout/nav-items'
import { shellKey } from '@/components/layout/shell-keys'
import { themeAttribute, themeOf } from '@/components/layout/theme'
import { routes } from '@/lib/routes'

describe('the side bar', () => {
  it('knows the page by its address', () => {
    expect(activeNav(routes.nodes('o-1'), 'o-1')?.id).toBe('nodes')
    expect(activeNav(routes.run('o-1', 'scr-1'), 'o-1')?.id).toBe('runs')
    expect(activeNav(routes.migrate('o-1'), 'o-1')?.id).toBe('nodes')
    expect(activeNav(routes.clusters(), 'o-1')).toBeUndefined()
  })

  it('does not take another cluster for this one', () => {
    expect(activeNav(routes.nodes('o-12'), 'o-1')).toBeUndefined()
  })

  it('names the way to a run', () => {
    expect(crumbs(routes.run('o-1', 'scr-1'), 'o-1', 'scr-1')).toEqual([{ word: 'Runs', path: routes.runs('o-1') }, { word: 'scr-1', path: null }])
    expect(crumbs(routes.compareRuns('o-1'), 'o-1', undefined)).toEqual([{ word: 'Runs', path: routes.runs('o-1') }, { word: 'Compare', path: null }])
    expect(crumbs(routes.runs('o-1'), 'o-1', undefined)).toEqual([{ word: 'Runs', path: null }])
    expect(crumbs(routes.migrate('o-1'), 'o-1', undefined)).toEqual([{ word: 'Migrate', path: null }])
  })
})

describe('keys of the shell', () => {
  const press = (key: string, more: Partial<Parameters<typeof shellKey>[0]> = {}) =>
    shellKey({ key, metaKey: false, ctrlKey: false, altKey: false, target: document.body, ...more })

  it('open the palette and the search', () => {
    expect(press('k', { metaKey: true })).toBe('palette')
    expect(press('K', { ctrlKey: true })).toBe('palette')
    expect(press('/')).toBe('search')
  })

  it('leave a slash that is typed into a field alone', () => {
    expect(press('/', { target: document.createElement('input') })).toBeNull()
    expect(press('k')).toBeNull()
  })
})

describe('the theme', () => {
  it('follows the system when the cookie says anything else', () => {
    expect(themeAttribute(themeOf('dark'))).toBe('dark')
    expect(themeAttribute(themeOf('"><script>'))).toBeUndefined()
    expect(themeAttribute(themeOf(undefined))).toBeUndefined()
  })
})
