import { cva } from 'class-variance-authority'

/** The look of a button, also for links that act as one. */
export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded border font-medium whitespace-nowrap select-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-accent bg-accent text-accent-ink hover:not-aria-disabled:brightness-110',
        secondary: 'border-line-2 bg-surface text-text hover:not-aria-disabled:bg-sunken',
        quiet: 'border-transparent bg-transparent text-text-2 hover:not-aria-disabled:bg-sunken hover:not-aria-disabled:text-text',
        danger: 'border-failed bg-surface text-failed hover:not-aria-disabled:bg-failed-soft',
      },
      size: {
        small: 'h-6 px-2 text-xs',
        medium: 'h-[30px] px-3 text-sm',
        icon: 'size-[30px] p-0',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
)
