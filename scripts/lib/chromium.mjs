import { existsSync } from 'node:fs'

const debian = '/usr/bin/chromium'

/** The Chromium that is named, else Debian's; undefined where Playwright is to use the one it has installed. */
export const chromiumPath = () => process.env.CHROMIUM_PATH || (existsSync(debian) ? debian : undefined)

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
