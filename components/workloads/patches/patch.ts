import { shellWord } from './shell'
import { indented, yamlLines, yamlText, type Yaml } from './yaml'

export const patchForms = ['kubectl', 'kustomize', 'helm'] as const
export type PatchForm = (typeof patchForms)[number]

/** What a patch is for, in the words of Kubernetes. */
export type Target = { kind: 'Deployment' | 'StatefulSet' | 'PodDisruptionBudget'; namespace: string; name: string }

type JsonPatch = readonly { readonly op: 'add' | 'test'; readonly path: string; readonly value: Yaml }[]

const apiVersions: Record<Target['kind'], { group: string; version: string }> = {
  Deployment: { group: 'apps', version: 'v1' },
  StatefulSet: { group: 'apps', version: 'v1' },
  PodDisruptionBudget: { group: 'policy', version: 'v1' },
}

/** One `kubectl patch`. The name follows its kind and the namespace its flag, so that neither can pass for a flag. */
export const kubectlPatch = ({ kind, namespace, name }: Target, type: 'json' | 'merge', patch: JsonPatch | Yaml): string =>
  [
    `kubectl patch ${shellWord(`${kind.toLowerCase()}/${name}`)} \\`,
    `  ${shellWord(`--namespace=${namespace}`)} \\`,
    `  --type=${type} \\`,
    `  --patch=${shellWord(JSON.stringify(patch))}`,
  ].join('\n')

/** Kustomize takes the name of a target for a regular expression that must match all of it. */
const literalName = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** An entry of `patches` in a kustomization; `body` is the patch itself. The namespace stays a comment: a kustomization may set it later. */
const kustomizePatch = ({ kind, namespace, name }: Target, body: readonly string[]): string =>
  [
    `# In the kustomization that makes ${kind} ${yamlText(name)} of namespace ${yamlText(namespace)}.`,
    'patches:',
    ...indented(['- target:', ...indented(indented(yamlLines({ ...apiVersions[kind], kind, name: literalName(name) }))), '  patch: |-', ...indented(indented(body))]),
  ].join('\n')

/** Operations one by one (RFC 6902), for lists that a merge would replace. */
export const kustomizeJson = (target: Target, patch: JsonPatch, hint: string): string => kustomizePatch(target, [`# ${hint}`, ...yamlLines(patch)])

/** A part of the object, merged into what is there; null takes a field out. */
export const kustomizeMerge = (target: Target, part: { readonly [key: string]: Yaml }): string => {
  const { group, version } = apiVersions[target.kind]
  return kustomizePatch(target, yamlLines({ apiVersion: `${group}/${version}`, kind: target.kind, metadata: { name: target.name }, ...part }))
}

/** Values as most charts name them (`helm create`). */
export const helmValues = (values: { readonly [key: string]: Yaml }, hint: string): string => [`# ${hint}`, ...yamlLines(values)].join('\n')
