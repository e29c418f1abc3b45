'use client'

import { useState } from 'react'
import type { RunState } from '@/lib/domain/progress/state'
import { changedNodes } from './node-rows'

/** Which nodes differ since the picture before this one. */
export const useChangedNodes = (nodes: RunState['nodes']): ReadonlySet<string> => {
  const [seen, setSeen] = useState<{ nodes: RunState['nodes']; changed: ReadonlySet<string> }>({ nodes, changed: new Set() })
  if (seen.nodes === nodes) return seen.changed
  const changed = changedNodes(seen.nodes, nodes)
  setSeen({ nodes, changed })
  return changed
}
