'use client'

import type { ReactNode } from 'react'
import { AccountMenu } from './account-menu'
import { ApiMeter } from './api-meter'
import { Breadcrumb } from './breadcrumb'
import { MobileNav } from './mobile-nav'
import { PaletteButton } from './palette-button'
import { SideNav } from './side-nav'
import { ThemeMenu } from './theme-menu'

const mainId = 'main'

/** The frame of every page behind the sign-in: side bar, top bar, and the page between them. */
export const Shell = ({ children }: { children: ReactNode }) => (
  <div className="min-h-dvh lg:grid lg:grid-cols-[208px_minmax(0,1fr)] print:block">
    <a
      href={`#${mainId}`}
      className="sr-only z-50 rounded bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      Skip to the page
    </a>
    <div className="sticky top-0 hidden h-dvh border-r border-line bg-sunken lg:block print:hidden">
      <SideNav />
    </div>
    <div className="flex min-w-0 flex-col">
      <header className="sticky top-0 z-30 flex h-12 print:hidden items-center gap-3 border-b border-line bg-surface px-4 lg:px-5">
        <MobileNav />
        <div className="min-w-0 flex-1">
          <Breadcrumb />
        </div>
        <ApiMeter />
        <AccountMenu />
        <span className="hidden sm:inline-flex">
          <PaletteButton />
        </span>
        <ThemeMenu />
      </header>
      <main id={mainId} tabIndex={-1} className="flex min-w-0 flex-1 flex-col focus:outline-none">
        {children}
      </main>
    </div>
  </div>
)
