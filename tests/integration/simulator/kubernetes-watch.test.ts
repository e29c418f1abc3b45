import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { kubeObject, framesOf, namesOf, readAll, refusalOf, ask, watchFrames, type Frame } from './support/kube'
import { namesIn, startRun, toEnd } from './support/runs'

const minuteMs = 60_000
const tableForm = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }

let simulator: TestSimulator
let kube: string | null

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'calm', nodes: 60, speed: 1, kubePort: 0 })
  kube = simulator.kubeUrl
})
afterAll(() => simulator.close())

const objectOf = ({ object }: Frame) => kubeObject.parse(object)
const told = (frames: Frame[]) => frames.map(({ type, object }) => `${type} ${kubeObject.parse(object).metadata.name}`)

/** Frames up to the first that fits. */
const until = async (frames: AsyncGenerator<Frame>, fits: (frame: Frame) => boolean): Promise<Frame[]> => {
  const seen: Frame[] = []
  for await (const frame of frames) {
    seen.push(frame)
    if (fits(frame)) break
  }
  return seen
}

const move = async (count: number) => {
  const nodeNames = (await namesIn(simulator, 'npweb')).slice(0, count)
  const run = await startRun(simulator, { nodeNames, batchSizePercentage: 100 })
  return { run, nodeNames }
}

describe('watching', () => {
  it('tells of a migration what happens to nodes and pods, in the order of versions', async () => {
    const [nodesBefore, podsBefore] = [await readAll(kube, '/api/v1/nodes'), await readAll(kube, '/api/v1/pods')]
    const { run, nodeNames: [oldNode = ''] } = await move(1)
    const onOld = podsBefore.items.filter(({ spec }) => spec.nodeName === oldNode).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    const nodes = until(watchFrames(kube, `/api/v1/nodes?watch=true&resourceVersion=${nodesBefore.metadata.resourceVersion}`), ({ type }) => type === 'DELETED')
    for (let minutes = 0; minutes < 15; minutes += 1) await simulator.admin.time({ skipMs: minuteMs })
    await toEnd(simulator, run.id)

    const nodeFrames = await nodes
    expect(told(nodeFrames)).toEqual(expect.arrayContaining([expect.stringMatching(/^ADDED aks-omnp/), `MODIFIED ${oldNode}`, `DELETED ${oldNode}`]))
    const cordoned = nodeFrames.map(objectOf).find(({ metadata, spec }) => metadata.name === oldNode && spec.unschedulable === true)
    expect(cordoned?.spec.taints).toContainEqual({ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' })
    const versions = nodeFrames.map((frame) => Number(objectOf(frame).metadata.resourceVersion))
    expect(versions).toEqual([...versions].sort((a, b) => a - b))

    const podFrames = await framesOf(kube, `/api/v1/pods?watch=1&timeoutSeconds=1&resourceVersion=${podsBefore.metadata.resourceVersion}`)
    const gone = podFrames.filter(({ type }) => type === 'DELETED').map(objectOf).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    expect(gone).toEqual(expect.arrayContaining(onOld))
    const come = podFrames.filter(({ type }) => type === 'ADDED').map(objectOf)
    expect(come.length).toBeGreaterThanOrEqual(onOld.length - 3)
    // What was watched leads from the first list to the last.
    const replayed = new Map(podsBefore.items.map((item) => [item.metadata.uid, item.metadata.resourceVersion]))
    for (const frame of podFrames) {
      const { uid, resourceVersion } = objectOf(frame).metadata
      if (frame.type === 'DELETED') expect(replayed.delete(uid)).toBe(true)
      else replayed.set(uid, resourceVersion)
    }
    expect(replayed).toEqual(new Map((await readAll(kube, '/api/v1/pods')).items.map(({ metadata }) => [metadata.uid, metadata.resourceVersion])))
  })

  it('resumes where a broken watch has ended and misses nothing', async () => {
    const { metadata } = await readAll(kube, '/api/v1/nodes')
    const { run } = await move(2)
    await toEnd(simulator, run.id)
    const whole = await framesOf(kube, `/api/v1/nodes?watch=true&timeoutSeconds=1&resourceVersion=${metadata.resourceVersion}`)
    const [first] = whole
    const rest = await framesOf(kube, `/api/v1/nodes?watch=true&timeoutSeconds=1&resourceVersion=${objectOf(first as Frame).metadata.resourceVersion}`)
    expect(rest).toEqual(whole.slice(1))
    // Two have gone, and something has come for them.
    expect(whole.length).toBeGreaterThanOrEqual(3)
  })

  it('keeps the pages of a list to the moment of the first, whatever moves meanwhile', async () => {
    const all = namesOf(await readAll(kube, '/api/v1/pods'))
    const first = await readAll(kube, '/api/v1/pods?limit=10')
    const { run } = await move(2)
    await toEnd(simulator, run.id)
    const rest = await readAll(kube, `/api/v1/pods?limit=100000&continue=${first.metadata.continue}`)
    expect([...namesOf(first), ...namesOf(rest)]).toEqual(all)
    expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion)
    expect(namesOf(await readAll(kube, '/api/v1/pods'))).not.toEqual(all)
    const exact = await readAll(kube, `/api/v1/pods?resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`)
    expect(namesOf(exact)).toEqual(all)
  })

  it('begins with what is there when no version is named', async () => {
    const frames = await framesOf(kube, '/api/v1/nodes?watch=true&timeoutSeconds=1')
    expect(told(frames)).toEqual(namesOf(await readAll(kube, '/api/v1/nodes')).map((name) => `ADDED ${name}`))
  })

  it('shows an object that comes into the selection as added, and one that leaves it as deleted', async () => {
    const { metadata } = await readAll(kube, '/api/v1/nodes')
    const { run, nodeNames: [oldNode = ''] } = await move(1)
    for (let minutes = 0; minutes < 15; minutes += 1) {
      await simulator.admin.time({ skipMs: minuteMs / 2 })
      await readAll(kube, '/api/v1/nodes')
    }
    await toEnd(simulator, run.id)
    const frames = await framesOf(kube, `/api/v1/nodes?watch=true&timeoutSeconds=1&resourceVersion=${metadata.resourceVersion}&fieldSelector=spec.unschedulable%3Dtrue`)
    expect(told(frames)).toEqual([`ADDED ${oldNode}`, `DELETED ${oldNode}`])
  })

  it('is told in tables to who asks for them', async () => {
    const [frame] = await framesOf(kube, '/api/v1/nodes?watch=true&timeoutSeconds=1', tableForm)
    expect(frame).toMatchObject({ type: 'ADDED', object: { kind: 'Table', rows: [{ object: { kind: 'PartialObjectMetadata' } }] } })
  })

  it('marks how far it has come where bookmarks are wanted', async () => {
    const { metadata } = await readAll(kube, '/api/v1/nodes')
    const path = `/api/v1/nodes?watch=true&timeoutSeconds=1&resourceVersion=${metadata.resourceVersion}`
    expect(await framesOf(kube, path)).toEqual([])
    expect(await framesOf(kube, `${path}&allowWatchBookmarks=true`)).toEqual([{ type: 'BOOKMARK', object: { kind: 'Node', apiVersion: 'v1', metadata: { resourceVersion: metadata.resourceVersion, creationTimestamp: null } } }])
  })

  it('ends with an ERROR of 410 when its version is too old, or of another start', async () => {
    const { metadata } = await readAll(kube, '/api/v1/nodes')
    for (const version of ['1', String(Number(metadata.resourceVersion) + 1000)])
      expect(await framesOf(kube, `/api/v1/pods?watch=true&resourceVersion=${version}`)).toEqual([{ type: 'ERROR', object: expect.objectContaining({ kind: 'Status', code: 410, reason: 'Expired' }) as unknown }])
  })

  it('refuses what cannot be watched before it begins', async () => {
    expect(await refusalOf(await ask(kube, '/apis/apps/v1/deployments?watch=true'))).toMatchObject({ http: 405 })
    expect(await refusalOf(await ask(kube, '/api/v1/pods?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan'))).toMatchObject({ http: 422, reason: 'Invalid' })
    expect(await refusalOf(await ask(kube, '/api/v1/pods?watch=true&labelSelector=-'))).toMatchObject({ http: 400 })
  })

  it('does not keep the simulator from ending', async () => {
    const own = await startSimulator({ nodes: 5, kubePort: 0 })
    const frames = watchFrames(own.kubeUrl, '/api/v1/nodes?watch=true')
    await frames.next()
    const rest = until(frames, () => false).catch(() => 'cut')
    await own.close()
    expect(await rest).toBe('cut')
  })
})
