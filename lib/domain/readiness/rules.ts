import type { Finding, FindingId } from './finding'
import { kubeRules } from './kube-rules'
import type { Rule } from './rule'
import { spotRules } from './spot-rules'

/** Every rule there is. */
export const findingRules: Record<FindingId, Rule> = { ...spotRules, ...kubeRules }

const namesShown = 3

/** The first names of a list, and how many more there are. */
export const shortList = (names: readonly string[]): string => {
  const shown = names.slice(0, namesShown).join(', ')
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown
}

const fill = (text: string, detail: string, pods: readonly string[]) => text.replace('{detail}', () => detail).replace('{pods}', () => shortList(pods))

/** The finding of a rule, in the words of one case. `pods` are names, of pods or of what the rule counts. */
export const findingOf = (id: FindingId, detail = '', pods: readonly string[] = []): Finding => {
  const { severity, sentence, remedy } = findingRules[id]
  return { id, severity, sentence: fill(sentence, detail, pods), remedy }
}
