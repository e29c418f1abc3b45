type Results = { passed: number; failures: string[]; skipped: string[] }

export function readVitest(file: string, code: number): Results
export function readPlaywright(file: string, code: number): Results
