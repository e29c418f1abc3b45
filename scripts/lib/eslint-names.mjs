import path from 'node:path'
import { root } from './project.mjs'

/** A segment of a path: kebab-case with dotted endings, or one of Next's own forms, `(group)` and `[param]`. */
const segment = /^(\([a-z-]+\)|\[(\.\.\.)?[a-zA-Z]+\]|\.?[a-z0-9]+([-.][a-z0-9]+)*)$/

/** Files and folders in kebab-case; no barrels. */
export const names = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const report = (node, message) => context.report({ node, message })
    return {
      Program(node) {
        const parts = path.relative(root, context.filename).split(path.sep)
        const odd = parts.find((part) => !segment.test(part))
        if (odd !== undefined) report(node, `Name files and folders in kebab-case: ${odd}.`)
        if (/^index\.[cm]?[jt]sx?$/.test(parts.at(-1))) report(node, 'No barrels: name the file after what it holds.')
      },
      ExportAllDeclaration: (node) => report(node, 'No barrels: import from the file that holds it.'),
    }
  },
}
