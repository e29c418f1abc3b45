import { parseAsString, parseAsStringLiteral } from 'nuqs'
import { wizardSteps } from '@/lib/routes'

/** The wizard's address: which plan, and which of its steps. */
export const wizardParams = { draft: parseAsString, step: parseAsStringLiteral(wizardSteps).withDefault('nodes') }
