'use client'

import { useEffect, useState } from 'react'
import { keep, readKept } from './kept'

const read = (name: string): unknown => (typeof window === 'undefined' ? null : readKept(window.sessionStorage, `form.${name}`))

/** What was typed into a form when its page was left; null when it was closed, or not open. */
export const useLeftForm = (name: string): unknown => useState(() => read(name))[0]

/**
 * Keeps what is typed into a form for as long as it is open. Closing it unmounts it, which forgets; where the
 * page is left for the sign-in, nothing is unmounted.
 */
export const useKeptForm = (name: string, typed: unknown): void => {
  useEffect(() => keep(window.sessionStorage, `form.${name}`, typed), [name, typed])
  useEffect(() => () => keep(window.sessionStorage, `form.${name}`, null), [name])
}
