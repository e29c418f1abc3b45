import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export const controlLook =
  'w-full rounded border border-line-2 bg-surface px-2.5 text-sm text-text placeholder:text-text-3 aria-invalid:border-failed [&[readonly]]:bg-sunken'

export const Input = ({ className, ...rest }: ComponentProps<'input'>) => (
  <input {...rest} className={cn(controlLook, 'h-[30px]', className)} />
)

type SearchInputProps = Omit<ComponentProps<'input'>, 'type'> & { label: string; hint?: ReactNode }

/** A search box; `/` brings the focus to it, see the shell's keys. */
export const SearchInput = ({ label, hint, className, ...rest }: SearchInputProps) => (
  <div className={cn('relative w-72 max-w-full max-sm:flex-[1_1_12rem]', className)}>
    <input {...rest} type="search" aria-label={label} data-search="" className={cn(controlLook, 'h-[30px] pr-8')} />
    <span aria-hidden className="pointer-events-none absolute top-1/2 right-1.5 -translate-y-1/2 rounded-sm border border-line px-1.5 text-2xs text-text-3">
      {hint ?? '/'}
    </span>
  </div>
)
