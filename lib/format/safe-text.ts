// C0 and C1 controls, zero-width characters, line and paragraph separators, and everything that changes the
// direction of the text after it. Names come from other people's clusters and must not reorder a row.
const hidden = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/** True when the text holds characters that nobody would see, or that would move others. */
export const hasHiddenCharacters = (text: string): boolean => {
  hidden.lastIndex = 0
  return hidden.test(text)
}

/** The text with each such character replaced by its code point: a right-to-left override after `web` gives `web[U+202E]`. */
export const visibleText = (text: string): string =>
  text.replace(hidden, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
