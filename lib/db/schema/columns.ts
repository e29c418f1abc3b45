import { customType } from 'drizzle-orm/pg-core'

const replacement = '\uFFFD'
const nul = String.fromCharCode(0)

/** Text as PostgreSQL can hold it: it takes no NUL and no half of a surrogate pair, and a vendor's text may have both. */
export const storableText = (text: string): string => text.replaceAll(nul, replacement).replace(/\p{Surrogate}/gu, replacement)

/** The same for JSON, keys and values: there both stand as escapes, and an escaped backslash before them is not one. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(/\\(\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escape) => (escape === '\\\\' ? escape : '\\ufffd'))

/** `jsonb` for values that hold a vendor's text. */
export const storedJson = customType<{ data: unknown; driverData: unknown }>({ dataType: () => 'jsonb', toDriver: storableJson })

/** `text` for what a vendor or a person wrote. */
export const storedText = customType<{ data: string; driverData: string }>({ dataType: () => 'text', toDriver: storableText })
