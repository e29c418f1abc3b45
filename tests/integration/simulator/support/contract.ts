import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

const root = path.resolve(import.meta.dirname, '../../../..')
const documents = path.resolve(root, '..', 'shared', 'spot-api')

type Document = { paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>> }

const methods = ['get', 'post', 'put', 'delete']

/** The vendor's contract, null where its document is not beside the project. */
export const readContract = (name = 'spot-aks.patched.json') => {
  const file = path.join(documents, name)
  if (!existsSync(file)) return null
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  const validators = new Map<string, ValidateFunction>()

  const compile = (operation: string, status: number): ValidateFunction => {
    const [method = '', template = ''] = operation.split(' ')
    const schema = Object.values(document.paths[template]?.[method]?.responses[status]?.content ?? {})[0]?.schema
    if (schema === undefined) throw new Error(`The contract has no ${status} answer for ${operation}.`)
    return ajv.compile(schema)
  }

  return {
    operations: Object.entries(document.paths).flatMap(([template, item]) => methods.filter((method) => item[method]).map((method) => `${method} ${template}`)),
    /** What is wrong with an answer, at most five faults: where, and which rule. */
    faultsOf: (operation: string, status: number, json: unknown): string[] => {
      const key = `${operation} ${status}`
      const validate = validators.get(key) ?? compile(operation, status)
      validators.set(key, validate)
      validate(json)
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).slice(0, 5)
    },
  }
}
