import type { Config } from 'tailwindcss'

const token = (name: string) => `var(--${name})`

/** Colours are CSS variables, so that one attribute on the root switches the theme. */
const config: Config = {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      bg: token('bg'),
      surface: token('surface'),
      sunken: token('sunken'),
      line: token('line'),
      'line-2': token('line-2'),
      text: token('text'),
      'text-2': token('text-2'),
      'text-3': token('text-3'),
      accent: token('accent'),
      'accent-ink': token('accent-ink'),
      'accent-soft': token('accent-soft'),
      moved: token('moved'),
      'moved-soft': token('moved-soft'),
      moving: token('moving'),
      'moving-soft': token('moving-soft'),
      pending: token('pending'),
      'pending-soft': token('pending-soft'),
      skipped: token('skipped'),
      'skipped-soft': token('skipped-soft'),
      failed: token('failed'),
      'failed-soft': token('failed-soft'),
      untouched: token('untouched'),
      'untouched-soft': token('untouched-soft'),
    },
    fontFamily: {
      sans: ['var(--font-geist-sans)', 'system-ui', 'sans-serif'],
      mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
    },
    fontSize: {
      '2xs': ['11px', '16px'],
      xs: ['12px', '16px'],
      sm: ['13px', '20px'],
      base: ['14px', '20px'],
      lg: ['16px', '24px'],
      xl: ['19px', '28px'],
    },
    borderRadius: { none: '0', sm: '4px', DEFAULT: '6px', lg: '8px', full: '9999px' },
    boxShadow: { DEFAULT: token('shadow'), none: 'none' },
  },
}

export default config
