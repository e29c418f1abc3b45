import { counted } from '@/lib/format/plural'

/** How long the server keeps recorded runs, as one clause. */
export const retentionWords = (days: number | null, count: number): string => (days === null ? `kept until somebody deletes ${count === 1 ? 'it' : 'them'}` : `each kept for ${counted(days, 'day')} after its end`)
