import path from 'node:path'
import ts from 'typescript'
import type { SourceFile } from './tree'

export type Import = { from: string; to: string; isTypeOnly: boolean }

const target = (from: string, source: string): string | null => {
  if (source.startsWith('@/')) return source.slice(2)
  return source.startsWith('.') ? path.join(path.dirname(from), source) : null
}

const isTypesOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly || (node.exportClause !== undefined && ts.isNamedExports(node.exportClause) && node.exportClause.elements.length > 0 && node.exportClause.elements.every(({ isTypeOnly }) => isTypeOnly))
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  return clause.name === undefined && named !== undefined && ts.isNamedImports(named) && named.elements.length > 0 && named.elements.every(({ isTypeOnly }) => isTypeOnly)
}

/** What a file imports or exports again: statements, `import()` and `import('…').Type`. */
const sourcesOf = ({ path: file, text }: SourceFile): { source: string; isTypeOnly: boolean }[] => {
  const found: { source: string; isTypeOnly: boolean }[] = []
  const add = (node: ts.Node | undefined, isTypeOnly: boolean) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push({ source: node.text, isTypeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypesOnly(node))
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false))
  return found
}

/** What a file takes from the checkout's own files. */
export const importsOf = (file: SourceFile): Import[] =>
  sourcesOf(file).flatMap(({ source, isTypeOnly }) => {
    const to = target(file.path, source)
    return to === null ? [] : [{ from: file.path, to, isTypeOnly }]
  })

/** What a file takes from packages, by the name that the import says. */
export const packagesOf = (file: SourceFile): string[] => sourcesOf(file).flatMap(({ source }) => (target(file.path, source) === null ? [source] : []))
