export type Yaml = string | number | null | readonly Yaml[] | { readonly [key: string]: Yaml }

// Text of this shape needs no quotes, unless YAML has another meaning for it.
const plain = /^[A-Za-z/][\w./-]*$/
const reserved = /^(y|n|yes|no|on|off|true|false|null)$/i
// What JSON leaves as it is and YAML does not print, or takes for a line break.
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The text on one line, quoted where YAML would read something else. */
export const yamlText = (text: string): string => (plain.test(text) && !reserved.test(text) ? text : JSON.stringify(text).replace(unprintable, escaped))

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value)

const item = (value: Yaml): string[] => yamlLines(value).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)

const member = (key: string, value: Yaml): string[] => {
  const lines = yamlLines(value)
  return value === null || typeof value !== 'object' ? [`${yamlText(key)}: ${lines.join('')}`] : [`${yamlText(key)}:`, ...indented(lines)]
}

/** The value as lines of YAML in block style. Lists and objects must not be empty. */
export const yamlLines = (value: Yaml): string[] => {
  if (value === null || typeof value === 'number') return [String(value)]
  if (typeof value === 'string') return [yamlText(value)]
  return isList(value) ? value.flatMap(item) : Object.entries(value).flatMap(([key, inner]) => member(key, inner))
}
