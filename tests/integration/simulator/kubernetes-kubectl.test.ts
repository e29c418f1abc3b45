import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { namesIn, startRun } from './support/runs'

/** Set to hold another kubectl to the same: `KUBECTL=/path/to/kubectl-1.20`. */
const kubectl = process.env.KUBECTL ?? 'kubectl'

const missing = ((): string | null => {
  try {
    execFileSync(kubectl, ['version', '--client'], { stdio: 'ignore' })
    return null
  } catch {
    return 'no kubectl on this machine: apt-get install kubernetes-client'
  }
})()

const run = promisify(execFile)
const everything = 'nodes,pods,pdb,pvc,pv,deploy,sts,ds,rs'

let folder: string
let simulator: TestSimulator
const config = () => path.join(folder, 'kubeconfig')
/** Its cache goes to the folder of the test, and no setting of the person who runs it counts. */
const env = (): NodeJS.ProcessEnv => ({ NODE_ENV: 'test', PATH: process.env.PATH, HOME: folder, KUBECONFIG: config() })
const kube = async (...args: string[]): Promise<string> => (await run(kubectl, args, { env: env(), maxBuffer: 64 * 2 ** 20 })).stdout
const failure = (...args: string[]): Promise<string> => run(kubectl, args, { env: env() }).then(() => 'no failure', (error: { stderr: string }) => error.stderr)

/** Tables by their headings, as kubectl prints one for each kind. */
const tablesOf = (text: string): Map<string, string[][]> =>
  new Map(
    text.trim().split(/\n\n+/).map((block) => {
      const [head = '', ...rows] = block.split('\n').map((line) => line.trimEnd())
      return [head.replace(/\s{2,}/g, '|'), rows.map((row) => row.trim().split(/\s{2,}/))]
    }),
  )

describe.skipIf(missing !== null)(`kubectl${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'slipway-kubectl-'))
    await writeFile(config(), 'of somebody else', { mode: 0o644 })
    simulator = await startSimulator({ scenario: 'mixed', nodes: 40, speed: 60, kubeconfigFile: config() })
  })
  afterAll(async () => {
    await simulator?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('finds a context for each cluster in a file that its owner alone can read', async () => {
    expect((await stat(config())).mode & 0o777).toBe(0o600)
    expect((await kube('config', 'get-contexts', '-o', 'name')).trim().split('\n').sort()).toEqual(['edge-neu', 'other-eus', 'prod-weu', 'staging-weu'])
    expect(await kube('config', 'current-context')).toBe('prod-weu\n')
    expect((await kube('--context', 'edge-neu', 'get', 'nodes', '-o', 'name')).trim().split('\n')).toHaveLength(14)
    const { clusters } = JSON.parse(await readFile(config(), 'utf8')) as { clusters: { cluster: { server: string } }[] }
    const { origin, pathname } = new URL(clusters[0]?.cluster.server ?? '')
    expect(`${origin}${pathname}`).toBe(`${simulator.kubeUrl}/clusters/o-demo0001`)
  })

  it('tells the version of the cluster and what can be read', async () => {
    expect(JSON.parse(await kube('version', '-o', 'json'))).toMatchObject({ serverVersion: { gitVersion: 'v1.33.2', major: '1', minor: '33' } })
    const resources = await kube('api-resources', '--no-headers')
    expect(resources.trim().split('\n')).toHaveLength(14)
    expect(resources).toMatch(/^poddisruptionbudgets +pdb +policy\/v1 +true +PodDisruptionBudget$/m)
    expect((await kube('api-versions')).split('\n')).toEqual(expect.arrayContaining(['v1', 'apps/v1', 'policy/v1', 'policy/v1beta1']))
  })

  it('lists everything in the tables that people know', async () => {
    const tables = tablesOf(await kube('get', everything, '-A'))
    expect([...tables.keys()].map((head) => head.toLowerCase())).toEqual([
      'name|status|roles|age|version',
      'namespace|name|ready|status|restarts|age',
      'namespace|name|min available|max unavailable|allowed disruptions|age',
      'namespace|name|status|volume|capacity|access modes|storageclass|volumeattributesclass|age',
      'namespace|name|capacity|access modes|reclaim policy|status|claim|storageclass|volumeattributesclass|reason|age',
      'namespace|name|ready|up-to-date|available|age',
      'namespace|name|ready|age',
      'namespace|name|desired|current|ready|up-to-date|available|node selector|age',
      'namespace|name|desired|current|ready|age',
    ])
    const [nodes = [], pods = []] = [...tables.values()]
    expect(nodes).toHaveLength(40)
    expect(nodes[0]?.slice(1, 3)).toEqual(['Ready', '<none>'])
    expect(pods.find(([, name]) => name?.includes('session-store-0'))?.slice(2, 4)).toEqual(['1/1', 'Running'])
    expect(pods.find(([, name]) => name?.includes('edge-router'))?.slice(2, 4)).toEqual(['0/1', 'Pending'])
  })

  it('adds columns with -o wide', async () => {
    const [heads] = [[...tablesOf(await kube('get', everything, '-A', '-o', 'wide')).keys()]]
    expect(heads[0]).toBe('NAME|STATUS|ROLES|AGE|VERSION|INTERNAL-IP|EXTERNAL-IP|OS-IMAGE|KERNEL-VERSION|CONTAINER-RUNTIME')
    expect(heads[1]).toBe('NAMESPACE|NAME|READY|STATUS|RESTARTS|AGE|IP|NODE|NOMINATED NODE|READINESS GATES')
    expect(heads[5]).toBe('NAMESPACE|NAME|READY|UP-TO-DATE|AVAILABLE|AGE|CONTAINERS|IMAGES|SELECTOR')
  })

  it('gives the same objects as JSON and as YAML, each with its kind', async () => {
    const { items } = JSON.parse(await kube('get', everything, '-A', '-o', 'json')) as { items: { kind: string; apiVersion: string; metadata: { name: string } }[] }
    expect([...new Set(items.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))]).toEqual([
      'v1 Node',
      'v1 Pod',
      'policy/v1 PodDisruptionBudget',
      'v1 PersistentVolumeClaim',
      'v1 PersistentVolume',
      'apps/v1 Deployment',
      'apps/v1 StatefulSet',
      'apps/v1 DaemonSet',
      'apps/v1 ReplicaSet',
    ])
    const yaml = await kube('get', everything, '-A', '-o', 'yaml')
    expect(yaml.match(/^ {2}kind: /gm)).toHaveLength(items.length)
  })

  it('selects by labels and by fields', async () => {
    expect((await kube('get', 'pods', '-A', '-l', 'app in (session-store),statefulset.kubernetes.io/pod-name', '-o', 'name')).trim().split('\n')).toEqual(['pod/session-store-0', 'pod/session-store-1', 'pod/session-store-2'])
    const nodeName = (await kube('get', 'pod', '-n', 'api', 'session-store-0', '-o', 'jsonpath={.spec.nodeName}')).trim()
    const onNode = await kube('get', 'pods', '-A', '--field-selector', `spec.nodeName=${nodeName}`, '-o', 'jsonpath={.items[*].spec.nodeName}')
    expect(new Set(onNode.split(' '))).toEqual(new Set([nodeName]))
    expect(await failure('get', 'pods', '-A', '--field-selector', 'spec.nope=1')).toContain('field label not supported: spec.nope')
  })

  it('reads in pages of any size', async () => {
    // kubectl asks five times a second at most, so what is read in small pages is small.
    const names = (...args: string[]) => kube('get', 'nodes,pods', '-n', 'kube-system', '-o', 'name', '--context', 'edge-neu', ...args)
    const whole = await names('--chunk-size=0')
    expect(await names('--chunk-size=5')).toBe(whole)
    expect(whole.trim().split('\n')).toHaveLength(14 * 3)
  })

  it('describes a node with its lease, conditions, pods and what they request', async () => {
    const nodeName = (await kube('get', 'pod', '-n', 'api', 'session-store-0', '-o', 'jsonpath={.spec.nodeName}')).trim()
    const text = await kube('describe', 'node', nodeName)
    expect(text).toMatch(new RegExp(`HolderIdentity: +${nodeName}`))
    expect(text).toMatch(/Ready +True .*KubeletReady/)
    expect(text).toMatch(/Kubelet Version: +v1\.33\.2/)
    expect(text).toMatch(/^ {2}api +session-store-0 +50m/m)
    expect(text).toMatch(/Non-terminated Pods: +\(\d+ in total\)/)
    expect(text).toMatch(/Events: +<none>/)
  })

  it('describes what else can be listed', async () => {
    expect(await kube('describe', 'pdb', '-n', 'api', 'session-store-pdb')).toMatch(/Allowed disruptions: +2/)
    expect(await kube('describe', 'pods', '-n', 'api', 'session-store-0')).toMatch(/ClaimName: +data-session-store-0/)
    expect(await kube('describe', 'deploy', '-n', 'api', 'rate-limiter')).toMatch(/NewReplicaSet: +rate-limiter-\w+ \(1\/1 replicas created\)/)
    expect(await kube('describe', 'pv')).toMatch(/topology\.kubernetes\.io\/zone in \[westeurope-\d\]/)
  })

  it('is refused every change, and told so', async () => {
    expect(await failure('delete', 'node', '--all')).toContain('MethodNotAllowed')
    expect(await failure('label', 'nodes', '--all', 'a=b')).toContain('MethodNotAllowed')
    expect(await failure('get', 'pod', '-n', 'api', 'nope')).toBe('Error from server (NotFound): pods "nope" not found\n')
  })

  it('reads what the autoscaler of AKS writes of the pools that no run has taken from it', async () => {
    const read = () => kube('get', 'configmap', '-n', 'kube-system', 'cluster-autoscaler-status', '-o', 'jsonpath={.data.status}')
    const status = await read()
    expect(status).toMatch(/^autoscalerStatus: Running$/m)
    expect(status).toMatch(/^- name: aks-npgpu-\d{8}-vmss$/m)
    await startRun(simulator, { nodeNames: await namesIn(simulator, 'npgpu'), batchSizePercentage: 100 })
    expect(await read(), 'the run has switched it to manual scaling').not.toContain('aks-npgpu-')
    await simulator.admin.time({ skipMs: 3_600_000 })
  })

  it('sees a pod move while it watches a migration', async () => {
    const [nodeName = ''] = await namesIn(simulator, 'npweb')
    const child = spawn(kubectl, ['get', 'pods', '-A', '-o', 'wide', '--watch', '--no-headers'], { env: env() })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    const lines = () => text.split('\n').map((line) => line.trim().split(/\s{2,}/))
    await expect.poll(() => lines().filter(([namespace]) => namespace === 'web').length, { timeout: 20_000 }).toBeGreaterThan(5)
    const known = new Set(lines().map(([, name]) => name))
    await startRun(simulator, { nodeNames: [nodeName], batchSizePercentage: 100 })
    const isLeaving = (line: string[]) => line[3] === 'Terminating' && line[7] === nodeName
    const hasCome = ([, name, ready, , , , , node]: string[]) => !known.has(name) && ready === '1/1' && node !== nodeName
    await expect.poll(() => [lines().some(isLeaving), lines().some(hasCome)], { timeout: 40_000 }).toEqual([true, true])
    child.kill()
  })
})

describe('a kubeconfig that cannot be written', () => {
  it('keeps the simulator from starting, with a sentence', async () => {
    const file = path.join(tmpdir(), 'slipway-no-such-folder', 'kubeconfig')
    await expect(startSimulator({ nodes: 0, kubeconfigFile: file })).rejects.toThrow(`The kubeconfig cannot be written to ${file} (ENOENT). Give another file with --kubeconfig.`)
  })
})
