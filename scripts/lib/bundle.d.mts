/** Gzipped bytes of JavaScript that each page of the last build loads first, and those of a page with nothing on it. */
export const firstLoad: () => { emptyBytes: number; pages: { route: string; bytes: number }[] }
