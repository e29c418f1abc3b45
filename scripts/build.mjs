// Builds the app for production when something it is made of has changed.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs'
import { requireNode } from './lib/project.mjs'

requireNode()
await ensureInstalled()
await ensureBuilt()
