'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { focusSearch, shellKey } from './shell-keys'

const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false })

/** Opens the palette; also listens for the keys of the shell. The palette itself loads when it is first opened. */
export const PaletteButton = () => {
  const [isOpen, setOpen] = useState(false)
  const [wasOpened, setOpened] = useState(false)
  const open = () => {
    setOpened(true)
    setOpen(true)
  }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const meaning = shellKey(event)
      if (meaning === 'palette') {
        setOpened(true)
        setOpen((was) => !was)
      }
      if (meaning === 'palette' || (meaning === 'search' && focusSearch())) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <Button className="px-2 text-xs font-normal text-text-2" aria-keyshortcuts="Meta+K Control+K" aria-label="Go to a cluster, page or run" onClick={open}>
        ⌘ K
      </Button>
      {wasOpened ? <Palette isOpen={isOpen} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
