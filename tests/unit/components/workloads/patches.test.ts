import { execFileSync } from 'node:child_process'
import { loadYaml } from '@kubernetes/client-node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchesOf, type PatchedWorkload } from '@/components/workloads/patches/patches-of'
import type { FindingId } from '@/lib/domain/readiness/finding'

const workload = (overrides: Partial<PatchedWorkload>, ...ids: FindingId[]): PatchedWorkload => ({ kind: 'Deployment', namespace: 'shop', name: 'web', pdbs: [], findingIds: new Set(ids), ...overrides })

const patch = (input: PatchedWorkload, id: string) => {
  const found = patchesOf(input).patches.find((candidate) => candidate.id.startsWith(id))
  if (found === undefined) throw new Error(`no patch ${id}`)
  return found
}

/** Runs the commands in a real shell in which kubectl only writes down what it was given, and is refused. */
const calls = (...commands: string[]): string[][] => {
  const script = ["kubectl() { printf '%s\\0' \"$@\"; printf '\\001\\0'; return 1; }", ...commands, 'true'].join('\n')
  return execFileSync('sh', ['-s'], { input: script, encoding: 'utf8', env: process.env })
    .split('\u0001\0')
    .filter((part) => part !== '')
    .map((part) => part.split('\0').slice(0, -1))
}

type Kustomization = { patches: { target: Record<string, string>; patch: string }[] }
const kustomization = (text: string) => {
  const { patches: [only] } = loadYaml<Kustomization>(text)
  if (only === undefined) throw new Error('no patch')
  return { target: only.target, body: loadYaml<unknown>(only.patch) }
}

const toleration = { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' }

describe('the spot toleration', () => {
  const { texts } = patch(workload({}, 'no-spot-toleration'), 'spot-toleration')
  it('is added by kubectl, and never in place of those that are there', () => {
    const given = calls(texts.kubectl)
    expect(given.map((words) => words.slice(0, 4))).toEqual(Array(2).fill(['patch', 'deployment/web', '--namespace=shop', '--type=json']))
    expect(given.map(([, , , , last]) => JSON.parse((last ?? '').replace('--patch=', '')))).toEqual([
      [
        { op: 'test', path: '/spec/template/spec/tolerations', value: null },
        { op: 'add', path: '/spec/template/spec/tolerations', value: [toleration] },
      ],
      [{ op: 'add', path: '/spec/template/spec/tolerations/-', value: toleration }],
    ])
  })
  it('is an operation for Kustomize and a list for Helm', () => {
    expect(kustomization(texts.kustomize)).toEqual({ target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'web' }, body: [{ op: 'add', path: '/spec/template/spec/tolerations/-', value: toleration }] })
    expect(loadYaml(texts.helm)).toEqual({ tolerations: [toleration] })
  })
})

describe('the affinity', () => {
  it('to spot nodes is taken out, as a selector and as a required term', () => {
    const { texts } = patch(workload({ kind: 'StatefulSet' }, 'spot-affinity-required'), 'no-spot-affinity')
    const podSpec = { nodeSelector: { [toleration.key]: null }, affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: null } } }
    expect(calls(texts.kubectl)).toEqual([['patch', 'statefulset/web', '--namespace=shop', '--type=merge', `--patch=${JSON.stringify({ spec: { template: { spec: podSpec } } })}`]])
    expect(kustomization(texts.kustomize).body).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec: { template: { spec: podSpec } } })
    expect(loadYaml(texts.helm)).toEqual(podSpec)
  })
  it('to on-demand nodes adds to what the pods require', () => {
    const { texts } = patch(workload({}, 'single-replica'), 'keep-on-demand')
    const podSpec = { nodeSelector: { 'spotinst.io/node-lifecycle': 'od' } }
    expect(calls(texts.kubectl)[0]).toContain(`--patch=${JSON.stringify({ spec: { template: { spec: podSpec } } })}`)
    expect(loadYaml(texts.helm)).toEqual(podSpec)
  })
})

describe('a budget', () => {
  const pdbs = [{ name: 'shop/web-pdb', disruptionsAllowed: 0 }, { name: 'shop/other', disruptionsAllowed: 2 }]
  it('that allows nothing is opened for one pod, and no other is touched', () => {
    const { patches } = patchesOf(workload({ pdbs }, 'pdb-allows-none'))
    expect(patches.map(({ id }) => id)).toEqual(['allow-one shop/web-pdb'])
    const { texts } = patch(workload({ pdbs }, 'pdb-allows-none'), 'allow-one')
    const spec = { minAvailable: null, maxUnavailable: 1 }
    expect(calls(texts.kubectl)).toEqual([['patch', 'poddisruptionbudget/web-pdb', '--namespace=shop', '--type=merge', `--patch=${JSON.stringify({ spec })}`]])
    expect(kustomization(texts.kustomize)).toEqual({
      target: { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget', name: 'web-pdb' },
      body: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web-pdb' }, spec },
    })
    expect(loadYaml(texts.helm)).toEqual({ podDisruptionBudget: spec })
  })
  it('used up by pods that are not ready asks for their repair first', () => {
    expect(patch(workload({ pdbs }, 'pdb-allows-none', 'unready-behind-pdb'), 'allow-one').note).toContain('repair that first')
  })
})

describe('what is offered', () => {
  it('is nothing where no finding calls for it', () => expect(patchesOf(workload({}, 'local-data', 'two-pdbs'))).toEqual({ patches: [], refusal: null }))
  it.each([['Pod', /manifest/], ['Job', /next time/], ['Rollout', /template of this Rollout/]])('for a %s is the reason why its pods have no patch', (kind, words) => {
    const { patches, refusal } = patchesOf(workload({ kind, pdbs: [{ name: 'shop/p', disruptionsAllowed: 0 }] }, 'no-spot-toleration', 'pdb-allows-none'))
    expect(refusal).toMatch(words)
    expect(patches.map(({ id }) => id)).toEqual(['allow-one shop/p'])
  })
})

// The ends of a text are where a quote, a comment or a document could be broken out of.
const hostile = fc.oneof(
  fc.constantFrom(`'; touch pwned; '`, '$(touch pwned)', '`touch pwned`', 'a\nb: c', '--all', '"\\', 'x # y', '- z', '!important', 'a\r\nkubectl delete ns x', "''", '\u2028---\u0085', 'yes', '1e3', '~', '*.[x]'),
  fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/[\0\u0001\ud800-\udfff/]/.test(text)),
)

describe('names of a hostile cluster', () => {
  const all: FindingId[] = ['no-spot-toleration', 'spot-affinity-required', 'pdb-allows-none']
  const made = (namespace: string, name: string) => patchesOf(workload({ namespace, name, pdbs: [{ name: `${namespace}/${name}`, disruptionsAllowed: 0 }] }, ...all)).patches

  it('stay one word of the shell each', () => {
    const names = fc.sample(fc.tuple(hostile, hostile), { numRuns: 150, seed: 7 })
    const commands = names.flatMap(([namespace, name]) => made(namespace, name).map(({ texts }) => texts.kubectl))
    const perName = 5
    const given = calls(...commands)
    expect(given).toHaveLength(names.length * perName)
    for (const [index, words] of given.entries()) {
      const [namespace, name] = names[Math.floor(index / perName)] ?? ['', '']
      expect(words).toHaveLength(5)
      // The budget is named by both, and its name begins after the first slash.
      const isBudget = index % perName === 0
      const [first, ...others] = `${namespace}/${name}`.split('/')
      expect([words[1]?.slice(words[1].indexOf('/') + 1), words[2]]).toEqual(isBudget ? [others.join('/'), `--namespace=${first}`] : [name, `--namespace=${namespace}`])
    }
  })
  it('stay one value of YAML each, and are taken literally as a target', () => {
    fc.assert(
      fc.property(hostile, hostile, (namespace, name) => {
        for (const { texts } of made(namespace, name)) {
          const { target, body } = kustomization(texts.kustomize)
          expect(Object.keys(loadYaml<object>(texts.kustomize))).toEqual(['patches'])
          expect(new RegExp(`^(?:${target.name})$`).test(name)).toBe(true)
          if (!Array.isArray(body)) expect((body as { metadata: unknown }).metadata).toEqual({ name })
        }
      }),
      { numRuns: 200 },
    )
  })
})
