const isSoak = process.env.SLIPWAY_SOAK === '1'

/** How often a test repeats: a few times in `npm test`, in full in `npm run soak`. */
export const repeats = (inTest: number, inSoak: number): number => (isSoak ? inSoak : inTest)
