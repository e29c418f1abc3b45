import path from 'node:path'
import { breach } from './import-matrix.mjs'
import { root } from './project.mjs'

const targetOf = (source, file) => {
  if (source.startsWith('@/')) return source.slice(2)
  if (source.startsWith('.')) return path.relative(root, path.resolve(path.dirname(file), source))
  return null
}

const isTypeOnly = (node) =>
  node.importKind === 'type' || node.exportKind === 'type' || (node.specifiers?.length > 0 && node.specifiers.every((part) => part.importKind === 'type' || part.exportKind === 'type'))

/** The import matrix as a lint rule, so that a breach is seen while it is typed. */
export const rooms = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = path.relative(root, context.filename)
    const check = (node) => {
      if (!node.source) return
      const to = targetOf(node.source.value, context.filename)
      const message = to === null ? null : breach(from, to, isTypeOnly(node))
      if (message) context.report({ node, message })
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check }
  },
}
