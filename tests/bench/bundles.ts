import { gzipSync } from 'node:zlib'
import { routes } from '@/lib/routes'
import { firstLoad } from '@/scripts/lib/bundle.mjs'
import type { Stack } from '@/tests/e2e/support/stack'
import { ratio } from './measure'
import { get } from './routes'

const pages: Record<string, string> = {
  'sign-in': routes.signIn(),
  clusters: routes.clusters(),
  nodes: routes.nodes('o-demo0001'),
  migrate: routes.migrate('o-demo0001'),
  runs: routes.runs('o-demo0001'),
  run: routes.run('o-demo0001', 'scr-00000000'),
  vngs: routes.vngs('o-demo0001'),
  inventory: routes.inventory('o-demo0001'),
  log: routes.log('o-demo0001'),
  settings: routes.settings(),
}

const scriptsOf = (html: string): string[] => [...new Set([...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"/g)].map(([, src = '']) => src))]

const html = async (url: string, cookie: string): Promise<string> => (await fetch(url, { headers: { cookie } })).text()

/** Gzipped bytes of the scripts that a page's HTML asks for, beside those that Next loads for a page with nothing on it. */
export const benchBundles = async ({ url }: Stack, cookie: string) => {
  const sizes = new Map<string, number>()
  const sizeOf = async (src: string) => {
    const known = sizes.get(src) ?? gzipSync(await get(url + src)).length
    sizes.set(src, known)
    return known
  }
  const lists: [name: string, scripts: string[]][] = []
  for (const [name, path] of Object.entries(pages)) lists.push([name, scriptsOf(await html(url + path, cookie))])
  const total = async (scripts: string[]) => (await Promise.all(scripts.map(sizeOf))).reduce((sum, size) => sum + size, 0)
  const { emptyBytes: emptyPage } = firstLoad()
  const perPage: Record<string, { gzipBytes: number; aboveEmpty: number; toEmpty: number }> = {}
  for (const [name, scripts] of lists) {
    const gzipBytes = await total(scripts)
    perPage[name] = { gzipBytes, aboveEmpty: gzipBytes - emptyPage, toEmpty: ratio(gzipBytes, emptyPage) }
  }
  return { emptyPage, pages: perPage }
}
