'use client'

import { lazy, Suspense } from 'react'
import type { HoldDialogProps } from './hold-dialog'

/** Loaded when it is first opened. */
const Loaded = lazy(() => import('./hold-dialog').then(({ HoldDialog }) => ({ default: HoldDialog })))

export const LazyHoldDialog = (props: HoldDialogProps) => (
  <Suspense>
    <Loaded {...props} />
  </Suspense>
)
