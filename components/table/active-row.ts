'use client'

import { createContext, useContext } from 'react'

export const ActiveRow = createContext(false)

/**
 * For a link in a row. The rows are walked with the arrows, so only the link of the row that is active is a stop
 * of Tab: the next one after the table itself.
 */
export const useRowTabIndex = (): 0 | -1 => (useContext(ActiveRow) ? 0 : -1)
