import { expect, test } from 'vitest'
import { assessHeartbeat } from '@/lib/domain/heartbeat'

const nowMs = Date.parse('2026-01-01T10:00:00Z')

test.each([
  ['ACTIVE', '2026-01-01T09:59:50Z', 'reporting'],
  ['active', '2026-01-01T09:55:00Z', 'reporting'],
  ['ACTIVE', '2026-01-01T10:30:00Z', 'reporting'],
  ['ACTIVE', '2026-01-01T09:54:59Z', 'stale'],
  ['DEGRADED', '2026-01-01T09:59:50Z', 'inactive'],
  ['DEGRADED', '2026-01-01T09:54:59Z', 'stale'],
  ['ACTIVE', null, 'unknown'],
  ['DEGRADED', 'soon', 'unknown'],
])('a controller that is %s and was last heard at %s is %s at ten', (status, lastHeartbeat, state) =>
  expect(assessHeartbeat({ status, lastHeartbeat }, nowMs)).toMatchObject({ state, status }),
)
