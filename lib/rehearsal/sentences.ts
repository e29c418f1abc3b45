import { workloadOfPod } from './spec-pods'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What the twin says of a node for which no new one came, whatever the cause. */
export const noReplacement = 'No healthy replacement became available in time.'

/** The twin's line about a node as a reason: without the node's name, so that equal reasons of many nodes are one. */
export const reasonOf = (message: string, nodeName: string): string => {
  const pod = /^No virtual node group can take pod (\S+) from node/.exec(message)
  if (pod?.[1] !== undefined) return `No virtual node group can take a pod of ${workloadOfPod(pod[1])}.`
  const colon = message.indexOf(': ')
  return colon > 0 ? capital(message.slice(colon + 2)) : capital(message.replace(`Node ${nodeName} `, 'It '))
}
