/**
 * The text as one word of a POSIX shell. Inside single quotes nothing has a meaning, a line break included;
 * the quote itself is put outside of them.
 */
export const shellWord = (text: string): string => (/^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
