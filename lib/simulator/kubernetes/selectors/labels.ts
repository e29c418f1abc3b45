import type { Texts } from '../meta'
import { badRequest } from '../status'

type Test = (labels: Texts) => boolean

const key = /^([a-zA-Z0-9][-a-zA-Z0-9.]*\/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?$/
const value = /^([a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$/

const fault = (text: string) => badRequest(`unable to parse requirement: found '${text}'`)

const checked = (pattern: RegExp, text: string): string => {
  if (!pattern.test(text)) throw fault(text)
  return text
}

const setBased = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/
const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/

/** Kubernetes: `notin` and `!=` also hold where the label is missing. */
const requirement = (text: string): Test => {
  const set = setBased.exec(text)
  if (set !== null) {
    const name = checked(key, set[1] as string)
    const values = new Set((set[3] as string).split(',').map((part) => checked(value, part.trim())))
    return set[2] === 'in' ? (labels) => labels[name] !== undefined && values.has(labels[name]) : (labels) => labels[name] === undefined || !values.has(labels[name])
  }
  const pair = equality.exec(text)
  if (pair !== null) {
    const [name, wanted] = [checked(key, pair[1] as string), checked(value, pair[3] as string)]
    return pair[2] === '!=' ? (labels) => labels[name] !== wanted : (labels) => labels[name] === wanted
  }
  if (text.startsWith('!')) {
    const name = checked(key, text.slice(1).trim())
    return (labels) => labels[name] === undefined
  }
  const name = checked(key, text)
  return (labels) => labels[name] !== undefined
}

/** Requirements stand between commas, those inside brackets not counted. */
const parts = (text: string): string[] => text.split(/,(?![^(]*\))/).map((part) => part.trim())

/** Reads a label selector, equality and set based (Kubernetes, Labels and Selectors); null where there is none. Throws KubeFailure. */
export const readLabelSelector = (text: string | null): Test | null => {
  if (text === null || text.trim() === '') return null
  const tests = parts(text).map(requirement)
  return (labels) => tests.every((test) => test(labels))
}
