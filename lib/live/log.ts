import 'server-only'

/** Where background work tells of itself. Never given a token, a body or a name of a node. */
export type LiveLog = {
  info: (fields: Record<string, unknown>, message: string) => void
  warn: (fields: Record<string, unknown>, message: string) => void
}
