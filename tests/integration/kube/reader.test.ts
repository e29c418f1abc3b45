import { access, writeFile } from 'node:fs/promises'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createKubeReader, type KubeReaderOptions } from '@/lib/kube/reader'
import { launchPatience } from '@/lib/services/cluster-facts'
import { createHandClock } from '@/tests/support/hand-clock'
import { listOf, startApiServer, type Answer, type ApiServer } from './support/api-server'
import { selfSigned } from './support/self-signed'

const servers: ApiServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

const start = async (answer: Answer) => {
  const server = await startApiServer(answer)
  servers.push(server)
  const readerWith = (options: Partial<KubeReaderOptions> = {}) => createKubeReader({ settings: server.settings, now: () => 5000, ...options })
  return { server, readerWith, read: (options?: Partial<KubeReaderOptions>) => readerWith(options).read('o-1', 0) }
}

const podNamed = (name: string) => ({ metadata: { name, namespace: 'shop' }, spec: { nodeName: 'n', containers: [] }, status: { phase: 'Running' } })
const isFor = (url: URL, resource: string) => url.pathname.endsWith(`/${resource}`)
const nothing: Answer = () => listOf([])

describe('reading Kubernetes', () => {
  it('lists every kind with the token, by GET only, and leaves ended pods to the server', async () => {
    const { server, read } = await start(nothing)
    const facts = await read()
    for (const part of Object.values(facts)) expect(part).toEqual({ state: 'read', items: [], readAtMs: 5000 })
    expect(new Set(server.asked.map(({ method, authorization }) => `${method} ${authorization}`))).toEqual(new Set(['GET Bearer kube-token']))
    expect(server.asked.map(({ url }) => url.pathname).sort()).toEqual([
      '/api/v1/namespaces',
      '/api/v1/namespaces/kube-system/configmaps/cluster-autoscaler-status',
      '/api/v1/nodes',
      '/api/v1/persistentvolumeclaims',
      '/api/v1/persistentvolumes',
      '/api/v1/pods',
      '/apis/apps/v1/daemonsets',
      '/apis/apps/v1/deployments',
      '/apis/apps/v1/statefulsets',
      '/apis/policy/v1/poddisruptionbudgets',
    ])
    expect(server.asked.find(({ url }) => isFor(url, 'pods'))?.url.searchParams.get('fieldSelector')).toBe('status.phase!=Succeeded,status.phase!=Failed')
  })

  it('follows the pages of a list to its end', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const { read, server } = await start((url) => {
      if (!isFor(url, 'pods')) return listOf([])
      const from = Number(url.searchParams.get('continue') ?? 0)
      const to = from + Number(url.searchParams.get('limit'))
      return listOf(names.slice(from, to).map(podNamed), to < names.length ? String(to) : '')
    })
    const { pods } = await read({ limits: { pageSize: 2 } })
    expect(pods.state === 'read' && pods.items.map(({ name }) => name)).toEqual(names)
    expect(server.asked.filter(({ url }) => isFor(url, 'pods'))).toHaveLength(3)
  })

  it('hands out the last reading at once while the next one is made, until it is too old', async () => {
    let generation = 0
    let letGo = () => {}
    let held: Promise<void> = Promise.resolve()
    let nowMs = 0
    const { readerWith } = await start(async (url) => {
      if (!isFor(url, 'pods')) return listOf([])
      generation += 1
      const name = `pod-${generation}`
      await held
      return listOf([podNamed(name)])
    })
    const reader = readerWith({ now: () => nowMs })
    const podsAfter = async (staleMs?: number) => {
      const { pods } = await reader.read('o-1', 30_000, staleMs)
      return pods.state === 'read' ? pods.items.map(({ name }) => name) : []
    }
    expect(await podsAfter(120_000)).toEqual(['pod-1'])
    held = new Promise((resolve) => (letGo = resolve))
    nowMs = 31_000
    expect(await podsAfter(120_000), 'the next one is under way').toEqual(['pod-1'])
    nowMs = 121_000
    const waiting = podsAfter(120_000)
    const unwilling = podsAfter()
    letGo()
    expect(await waiting, 'too old by now').toEqual(['pod-2'])
    expect(await unwilling).toEqual(['pod-2'])
  })

  it('begins a list once more when its pages have expired, and no more than once', async () => {
    let hasExpired = false
    const { read } = await start((url) => {
      if (!isFor(url, 'pods')) return listOf([])
      if (url.searchParams.get('continue') === null) return listOf([podNamed('a')], 'next')
      if (hasExpired) return listOf([podNamed('b')])
      hasExpired = true
      return { status: 410 }
    })
    const { pods } = await read()
    expect(pods.state === 'read' && pods.items.map(({ name }) => name)).toEqual(['a', 'b'])
    const { read: readInVain, server } = await start((url) => (isFor(url, 'pods') ? { status: 410 } : listOf([])))
    expect((await readInVain()).pods).toMatchObject({ state: 'failed', sentence: expect.stringContaining('(410)') })
    expect(server.asked.filter(({ url }) => isFor(url, 'pods'))).toHaveLength(2)
  })

  it.each([
    ['too busy, and says until when', { status: 429, headers: { 'retry-after': '0' } }],
    ['too busy', { status: 503 }],
    ['cut off', { isCut: true }],
  ])('asks twice more for the same page where the server is %s, and keeps the pages it has', async (_, refusal) => {
    const podsThat = (refusals: number) => {
      let left = refusals
      return start((url) => {
        if (!isFor(url, 'pods')) return listOf([])
        if (url.searchParams.get('continue') !== 'next') return listOf([podNamed('a')], 'next')
        return left-- > 0 ? refusal : listOf([podNamed('b')])
      })
    }
    const [twice, thrice] = [await podsThat(2), await podsThat(3)]
    const limits = { repeatPauseMs: 1 }
    const { pods } = await twice.read({ limits })
    expect(pods.state === 'read' && pods.items.map(({ name }) => name)).toEqual(['a', 'b'])
    expect((await thrice.read({ limits })).pods.state).toBe('failed')
    expect(thrice.server.asked.filter(({ url }) => isFor(url, 'pods')).map(({ url }) => url.searchParams.get('continue'))).toEqual([null, 'next', 'next', 'next'])
  })

  it('does not wait where the server wants to be left alone for longer than a list may take', async () => {
    const { read, server } = await start((url) => (isFor(url, 'pods') ? { status: 429, headers: { 'retry-after': '300' } } : listOf([])))
    expect((await read()).pods).toMatchObject({ state: 'failed', sentence: expect.stringContaining('too busy') })
    expect(server.asked.filter(({ url }) => isFor(url, 'pods'))).toHaveLength(1)
  })

  it.each([
    [401, 'did not accept the credentials'],
    [403, 'does not let Slipway list pods'],
    [404, 'does not offer pods'],
    [429, 'too busy'],
    [500, 'status 500'],
    [302, 'status 302'],
  ])('says what a %i means for the one kind, and reads the others', async (status, words) => {
    const { read } = await start((url) => (isFor(url, 'pods') ? { status } : listOf([])))
    const { pods, ...others } = await read({ limits: { repeatPauseMs: 1 } })
    expect(pods).toMatchObject({ state: 'failed', sentence: expect.stringContaining(words), remedy: expect.stringMatching(/\.$/) })
    for (const part of Object.values(others)) expect(part.state).toBe('read')
  })

  it.each([
    ['is not there', { status: 404 }, { state: 'read', items: [] }],
    ['may not be read', { status: 403 }, { state: 'failed', sentence: 'Kubernetes does not let Slipway get the status of the cluster autoscaler (403).', remedy: expect.stringContaining('docs/kubernetes-read-access.yaml') }],
    ['is in no known form', { body: { data: { status: 'nodeGroups: 3' } } }, { state: 'failed', sentence: expect.stringContaining('a form that Slipway does not know') }],
    ['is there', { body: { data: { status: 'time: 2026-11-29 08:19:44.09 +0000 UTC\nnodeGroups:\n- name: aks-npweb-1-vmss\n  health: { minSize: 1, maxSize: 5 }\n' } } }, { state: 'read', items: [{ writtenAtMs: Date.parse('2026-11-29T08:19:44.09Z'), groups: [{ name: 'aks-npweb-1-vmss', minSize: 1, maxSize: 5 }] }] }],
  ])('says so where the status of the cluster autoscaler %s, and reads the rest', async (_, answer, expected) => {
    const { read } = await start((url) => (isFor(url, 'cluster-autoscaler-status') ? answer : listOf([])))
    const { autoscaler, ...others } = await read()
    expect(autoscaler).toMatchObject(expected)
    for (const part of Object.values(others)) expect(part.state).toBe('read')
  })

  it('counts a list over a limit as failed, never as half read', async () => {
    const pods = ['a', 'b', 'c'].map(podNamed)
    const { read } = await start((url) => listOf(isFor(url, 'pods') ? pods : []))
    expect((await read({ limits: { items: 2 } })).pods).toMatchObject({ state: 'failed', sentence: 'The cluster has more than 2 pods, which is more than Slipway reads.' })
    expect((await read({ limits: { pageBytes: 200 } })).pods).toMatchObject({ state: 'failed', sentence: 'The API server’s answer is larger than Slipway reads.' })
  })

  it('takes nothing on trust: answers of another form fail in words', async () => {
    const { read } = await start((url) => {
      if (isFor(url, 'pods')) return { text: '<html>' }
      return isFor(url, 'nodes') ? listOf([{ metadata: {} }]) : listOf([])
    })
    const { pods, nodes } = await read()
    expect(pods).toMatchObject({ state: 'failed', sentence: 'The API server’s answer is not JSON.' })
    expect(nodes).toMatchObject({ state: 'failed', sentence: expect.stringContaining('(metadata.name)') })
  })

  it('gives up on a server that does not answer', async () => {
    const { read } = await start((url) => (isFor(url, 'pods') ? { isSilent: true } : listOf([])))
    expect((await read({ limits: { pageTimeoutMs: 300 } })).pods).toMatchObject({ state: 'failed', sentence: 'The API server did not answer in time.' })
  })

  describe('with patience', () => {
    const patience = launchPatience

    /** A list of pods in so many pages, each of which takes five seconds. */
    const slowPods = async (pages: number) => {
      const clock = createHandClock()
      const { readerWith } = await start((url) => {
        if (!isFor(url, 'pods')) return listOf([])
        const page = Number(url.searchParams.get('continue') ?? 0)
        clock.pass(5_000)
        return listOf([podNamed(`pod-${page}`)], page + 1 < pages ? String(page + 1) : '')
      })
      return readerWith(clock)
    }

    it('waits for more than two minutes before a launch while pages keep coming', async () => {
      const facts = await (await slowPods(30)).readPatiently('o-1', 0, patience)
      expect(facts?.pods).toMatchObject({ state: 'read', items: { length: 30 } })
    })

    it('does not wait for ever, and keeps what comes later for the next who asks', async () => {
      const reader = await slowPods(40)
      expect(await reader.readPatiently('o-1', 0, patience)).toBeNull()
      expect((await reader.read('o-1', 60_000)).pods).toMatchObject({ state: 'read', items: { length: 40 } })
    })

    it('gives up once nothing more is heard', async () => {
      const clock = createHandClock()
      const { readerWith, server } = await start((url) => (isFor(url, 'pods') ? { isSilent: true } : listOf([])))
      const facts = readerWith(clock).readPatiently('o-1', 0, patience)
      await expect.poll(() => server.asked.length).toBe(10)
      clock.pass(7_000)
      // Other kinds may have answered only now, which counts as heard.
      await expect.poll(() => Promise.race([facts, Promise.resolve(clock.pass(1_000))])).toBeNull()
    })
  })

  it('shares one reading among those who ask meanwhile, and reads anew when it is too old', async () => {
    let nowMs = 0
    const { server, readerWith } = await start(nothing)
    const reader = readerWith({ now: () => nowMs })
    const [one, other] = await Promise.all([reader.read('o-1', 0), reader.read('o-1', 0)])
    expect(other).toBe(one)
    nowMs = 30_000
    expect(await reader.read('o-1', 30_000)).toBe(one)
    expect(await reader.read('o-1', 29_999)).not.toBe(one)
    expect(server.asked.filter(({ url }) => isFor(url, 'pods'))).toHaveLength(2)
  })
})

describe('the way to a cluster', () => {
  it('is named by a setting or by a context of the cluster’s own id', async () => {
    const { readerWith } = await start(nothing)
    const reader = readerWith()
    expect(await Promise.all(['o-1', 'o-same', 'o-other'].map(reader.isConnected))).toEqual([true, true, false])
    expect((await reader.read('o-same', 0)).pods.state).toBe('read')
    expect((await reader.read('o-other', 0)).pods).toMatchObject({ state: 'failed', sentence: expect.stringContaining('no usable context o-other') })
  })

  it('is told with what the last reading brought, without asking Kubernetes', async () => {
    const { server, readerWith } = await start(nothing)
    const reader = readerWith()
    expect(await reader.connectionOf('o-same')).toEqual({ way: { kind: 'context', context: 'o-same' }, lastFacts: null })
    expect(await reader.connectionOf('o-other')).toBeNull()
    expect(server.asked).toEqual([])
    const facts = await reader.read('o-same', 0)
    expect(await reader.connectionOf('o-same')).toEqual({ way: { kind: 'context', context: 'o-same' }, lastFacts: facts })
  })

  it('is not there without a kubeconfig', async () => {
    const reader = createKubeReader({ settings: { kubeconfigFile: null, contexts: {}, inClusterId: null, mayExec: false } })
    expect(await reader.isConnected('o-1')).toBe(false)
  })

  it('shows a kubeconfig that cannot be read instead of counting as not connected', async () => {
    const { server, readerWith } = await start(nothing)
    await writeFile(server.file, 'clusters: [')
    expect(await readerWith().isConnected('o-same')).toBe(true)
    expect((await readerWith().read('o-1', 0)).nodes).toMatchObject({ state: 'failed', sentence: 'The kubeconfig file cannot be read.' })
  })

  it('takes the token of a file that the kubeconfig names beside it, as it is at that moment', async () => {
    const { server, readerWith } = await start(nothing)
    await server.writeConfig({ tokenFile: 'token' })
    expect((await readerWith().read('o-1', 0)).pods).toMatchObject({ state: 'failed', sentence: 'The credentials in the kubeconfig cannot be used.' })
    for (const token of ['first', 'renewed']) {
      await writeFile(path.join(server.directory, 'token'), `${token}\n`)
      expect((await readerWith().read('o-1', 0)).pods.state).toBe('read')
      expect(server.asked.at(-1)?.authorization).toBe(`Bearer ${token}`)
    }
  })

  it('starts the program of a kubeconfig only when that is switched on', async () => {
    const { server, readerWith } = await start(nothing)
    const mark = path.join(server.directory, 'started')
    const credential = JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: { token: 'from-program' } })
    await server.writeConfig({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/sh', args: ['-c', `touch '${mark}'; echo '${credential}'`] } })
    expect((await readerWith().read('o-1', 0)).pods).toMatchObject({ state: 'failed', sentence: expect.stringContaining('that is switched off') })
    await expect(access(mark)).rejects.toThrow()
    expect(server.asked).toEqual([])
    expect((await readerWith({ settings: { ...server.settings, mayExec: true } }).read('o-1', 0)).pods.state).toBe('read')
    expect(server.asked[0]?.authorization).toBe('Bearer from-program')
  })

  it('never uses an auth-provider, which may start a program as well', async () => {
    const { server, readerWith } = await start(nothing)
    const mark = path.join(server.directory, 'started')
    await server.writeConfig({ 'auth-provider': { name: 'gcp', config: { 'cmd-path': '/bin/touch', 'cmd-args': mark } } })
    expect((await readerWith({ settings: { ...server.settings, mayExec: true } }).read('o-1', 0)).pods).toMatchObject({ state: 'failed', sentence: expect.stringContaining('auth-provider') })
    await expect(access(mark)).rejects.toThrow()
  })

  it('sends no token over plain http to another machine', async () => {
    const { server, readerWith } = await start(nothing)
    await server.writeConfig({ token: 'kube-token' }, 'http://192.0.2.1:8080')
    expect((await readerWith().read('o-1', 0)).pods).toMatchObject({ state: 'failed', sentence: 'The kubeconfig reaches the cluster by plain http.' })
  })

  it('says when nobody listens, and when the certificate is not one to trust', async () => {
    const { server, readerWith } = await start(nothing)
    const stranger = https.createServer(await selfSigned(), (_, response) => void response.end('{}'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const { port } = stranger.address() as AddressInfo
    await server.writeConfig({ token: 't' }, `https://127.0.0.1:${port}`)
    expect((await readerWith().read('o-1', 0)).pods).toMatchObject({ state: 'failed', sentence: expect.stringMatching(/certificate of the API server was not accepted/) })
    stranger.closeAllConnections()
    await new Promise((resolve) => stranger.close(resolve))
    expect((await readerWith().read('o-1', 0)).pods).toMatchObject({ state: 'failed', sentence: 'The API server cannot be reached (ECONNREFUSED).' })
  })

  it('shows no token and no address in what it says', async () => {
    const { readerWith, server } = await start(() => ({ status: 500 }))
    const said = JSON.stringify(await readerWith().read('o-1', 0))
    expect(said).not.toContain('kube-token')
    expect(said).not.toContain(String(server.port))
  })
})
