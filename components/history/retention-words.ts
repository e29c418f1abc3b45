import { counted } from '@/lib/format/plural'

/** How long the server keeps recorded runs, as one clause. */
export const retentionWords = (days: number | null): string => (days === null ? 'kept until somebody deletes them' : `each kept for ${counted(days, 'day')} after its end`)
