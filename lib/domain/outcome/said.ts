import type { LogFacts } from '../progress/change'

const severe: ReadonlySet<string> = new Set(['WARN', 'ERROR'])
const word = /[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/gi

/** `Node a was not replaced: Pod Disruption Budget b allowed …` without what its row says anyway. */
const withoutName = (message: string, nodeName: string): string => {
  const colon = message.indexOf(': ')
  const rest = colon >= 0 && message.slice(0, colon).includes(nodeName) ? message.slice(colon + 2) : message
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** What the log said last of each of these nodes in a warning or an error: it names what stood in the way, which a status does not. */
export const saidOf = (log: readonly LogFacts[], nodeNames: ReadonlySet<string>): ReadonlyMap<string, string> => {
  const said = new Map<string, string>()
  if (nodeNames.size === 0) return said
  for (const { severity, message } of log) {
    if (!severe.has(severity.toUpperCase())) continue
    for (const [name] of message.matchAll(word)) if (nodeNames.has(name)) said.set(name, withoutName(message, name))
  }
  return said
}
