import { existsSync } from 'node:fs'

/** Debian's Chromium without windows: a fifth less work than the one that could show them. */
const shell = '/usr/bin/chromium-headless-shell'
const full = '/usr/bin/chromium'

export const isChromiumHere = () => Boolean(process.env.CHROMIUM_PATH) || existsSync(shell)

/** The Chromium that is named, else Debian's; undefined where Playwright is to use the one it has installed. */
export const chromiumPath = () => process.env.CHROMIUM_PATH || [shell, full].find((file) => existsSync(file))

/** How tests, measurements and pictures start it: it calls nobody, and root has no sandbox. */
export const chromiumOptions = () => ({
  executablePath: chromiumPath(),
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    '--disable-gpu',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
})
