'use client'

import { Menu } from 'lucide-react'
import * as Dialog from 'radix-ui/dialog'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { SideNav } from './side-nav'

/** The side bar on a narrow screen, behind a button. */
export const MobileNav = () => {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button variant="quiet" size="icon" aria-label="Menu" className="lg:hidden" icon={<Menu aria-hidden />} />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(6_14_18/0.45)]" />
        <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-40 w-60 border-r border-line bg-sunken">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <SideNav onGo={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
