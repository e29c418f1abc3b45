/**
 * Who may import whom. A room is a folder or a file; the longest one that fits a path counts. `may` lists
 * rooms, `types` rooms of which only types may be taken. A room may always import itself.
 */
export const rooms = [
  { room: 'lib/format', may: [] },
  { room: 'lib/errors', may: [] },
  { room: 'lib/routes', may: [] },
  { room: 'lib/env', may: [] },
  { room: 'lib/spot/schemas', may: [] },
  { room: 'lib/spot', may: ['lib/spot/schemas', 'lib/errors'] },
  { room: 'lib/domain', may: ['lib/spot/schemas', 'lib/format', 'lib/domain/run-rules'] },
  { room: 'lib/domain/run-rules', may: [] },
  { room: 'lib/contract', may: ['lib/spot/schemas', 'lib/domain', 'lib/domain/run-rules'] },
  { room: 'lib/twin', may: ['lib/domain/run-rules'], types: ['lib/spot/schemas'] },
  { room: 'lib/simulator', may: ['lib/twin', 'lib/spot/schemas', 'lib/domain/run-rules'] },
  { room: 'lib/rehearsal', may: ['lib/twin', 'lib/domain', 'lib/domain/run-rules', 'lib/spot/schemas', 'lib/contract'] },
  { room: 'lib/db', may: ['lib/errors'], types: ['lib/domain', 'lib/contract', 'lib/spot/schemas'] },
  { room: 'lib/vault', may: ['lib/db', 'lib/errors'] },
  { room: 'lib/kube', may: ['lib/errors'], types: ['lib/domain'] },
  { room: 'lib/auth', may: ['lib/env', 'lib/errors', 'lib/spot', 'lib/db', 'lib/vault'] },
  { room: 'lib/live', may: ['lib/spot', 'lib/spot/schemas', 'lib/domain', 'lib/domain/run-rules', 'lib/contract', 'lib/db', 'lib/vault', 'lib/kube', 'lib/errors'] },
  { room: 'lib/services', may: ['lib/spot', 'lib/spot/schemas', 'lib/domain', 'lib/domain/run-rules', 'lib/contract', 'lib/db', 'lib/vault', 'lib/live', 'lib/kube', 'lib/errors'] },
  { room: 'lib/http', may: ['lib/server', 'lib/auth', 'lib/errors', 'lib/contract'], types: ['lib/env'] },
  { room: 'lib/http/headers', may: [] },
  { room: 'lib/server', may: ['lib/env', 'lib/errors', 'lib/spot', 'lib/db', 'lib/vault', 'lib/kube', 'lib/auth', 'lib/live', 'lib/services', 'lib/http'] },
  { room: 'lib/queries', may: ['lib/contract', 'lib/spot/schemas', 'lib/domain', 'lib/domain/run-rules', 'lib/errors', 'lib/routes'] },
  { room: 'components/ui', may: ['lib/format'] },
  ...['table', 'form', 'chart'].map((name) => ({ room: `components/${name}`, may: ['components/ui', 'lib/format', 'lib/routes', 'lib/errors'] })),
  { room: 'components/layout', may: ['components/ui', 'components/domain', 'lib/queries', 'lib/format', 'lib/routes', 'lib/errors'], types: ['lib/contract'] },
  { room: 'components/domain', may: ['components/ui', 'components/table', 'components/form', 'components/chart', 'lib/queries', 'lib/contract', 'lib/domain', 'lib/domain/run-rules', 'lib/format', 'lib/routes', 'lib/errors'] },
  ...['sign-in', 'clusters', 'nodes', 'workloads', 'vngs', 'wizard', 'run', 'history', 'inventory', 'log', 'settings'].map((name) => ({
    room: `components/${name}`,
    may: ['components/ui', 'components/table', 'components/form', 'components/chart', 'components/layout', 'components/domain', 'lib/queries', 'lib/contract', 'lib/domain', 'lib/domain/run-rules', 'lib/rehearsal', 'lib/format', 'lib/routes', 'lib/errors'],
    types: ['lib/spot/schemas'],
  })),
  { room: 'app/api', may: ['lib/http', 'lib/services', 'lib/contract', 'lib/live', 'lib/auth'] },
  { room: 'app', may: ['components/*', 'lib/queries', 'lib/routes', 'lib/server', 'lib/services', 'lib/auth'] },
  { room: 'proxy', may: ['lib/env', 'lib/routes', 'lib/http/headers'] },
  { room: 'instrumentation', may: ['instrumentation-node'] },
  { room: 'instrumentation-node', may: ['lib/env', 'lib/http', 'lib/server'] },
]

const holds = (room, file) => file === room || file.startsWith(`${room}/`) || file.startsWith(`${room}.`)

/** The room that a path of the checkout lies in, or null for tests, scripts and configuration. */
export const roomOf = (file) =>
  rooms.filter(({ room }) => holds(room, file)).sort((a, b) => b.room.length - a.room.length)[0] ?? null

const listed = (list, room) => (list ?? []).some((allowed) => allowed === room || (allowed.endsWith('/*') && room.startsWith(allowed.slice(0, -1))))

/** Why `from` may not import `to`, or null when it may. Paths are relative to the checkout. */
export const breach = (from, to, isTypeOnly) => {
  const source = roomOf(from)
  if (source === null) return null
  const target = roomOf(to)
  if (target === null) return /^(tests|scripts)\//.test(to) ? `${from} may not import ${to}: nobody imports tests or scripts.` : null
  if (target.room === source.room || listed(source.may, target.room) || (isTypeOnly && listed(source.types, target.room))) return null
  const allowed = [...source.may, ...(source.types ?? []).map((room) => `types of ${room}`)]
  return `${source.room} may not import ${target.room}. It may import: ${allowed.join(', ') || 'nothing of ours'}.`
}
