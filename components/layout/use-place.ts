'use client'

import { useParams, usePathname } from 'next/navigation'

const one = (value: string | string[] | undefined): string | undefined => {
  const text = Array.isArray(value) ? value[0] : value
  if (text === undefined) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where the reader is: the address and the ids in it. */
export const usePlace = () => {
  const params = useParams()
  return { pathname: usePathname(), clusterId: one(params.clusterId), migrationId: one(params.migrationId) }
}
