const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
const escapeCodePoint = (character: string) => {
  const point = character.codePointAt(0) ?? 0
  return point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`
}

/** A word of a POSIX shell that means exactly this text: nothing inside single quotes is read, and a quote is closed, escaped and opened again. */
export const shellQuoted = (text: string): string => (/^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** JSON in printable ASCII: what is outside it stands as an escape, so that no character is invisible and no terminal acts on one. */
export const asciiJson = (value: unknown, indent = 2): string => JSON.stringify(value, null, indent).replace(/[^\n\x20-\x7e]/g, escapeUnit)

const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A Python string literal in printable ASCII. JSON's escapes would make two characters of one outside the basic plane. */
export const pythonQuoted = (text: string): string => `"${text.replace(/["\\]|[^\x20-\x7e]/gu, (character) => escapes[character] ?? escapeCodePoint(character))}"`
