export const chromiumPath: () => string | undefined
export const chromiumOptions: () => { executablePath: string | undefined; args: string[] }
