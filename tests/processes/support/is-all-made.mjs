// Ends with 0 when the demo would neither install nor build. A process of its own: what it imports listens to signals.
import { isAllMade } from '../../../scripts/lib/ensure.mjs'

process.exit(isAllMade() ? 0 : 1)
