export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Read by the server, so that the first paint has the right colours without a script. */
export const themeCookie = 'slipway-theme'

export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system'

/** The attribute on the root element; absent, the system decides. */
export const themeAttribute = (theme: Theme): 'light' | 'dark' | undefined => (theme === 'system' ? undefined : theme)

export const themeWords: Record<Theme, string> = { system: 'Like the system', light: 'Light', dark: 'Dark' }
