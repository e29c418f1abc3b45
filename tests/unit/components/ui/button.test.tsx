// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { TooltipProvider } from '@/components/ui/tooltip'

afterEach(cleanup)

describe('a button that may not be used', () => {
  it('stays reachable, does nothing and tells its reason', async () => {
    let clicks = 0
    render(
      <TooltipProvider>
        <Button disabledReason="Select at least one node." onClick={() => (clicks += 1)}>
          Plan migration
        </Button>
      </TooltipProvider>,
    )
    const button = screen.getByRole('button', { name: 'Plan migration', description: 'Select at least one node.' })
    await userEvent.tab()
    expect(document.activeElement).toBe(button)
    await userEvent.click(button)
    await userEvent.keyboard('{Enter}')
    expect(clicks).toBe(0)
  })

  it('keeps the focus when its reason comes', async () => {
    const button = (reason: string | null) => (
      <TooltipProvider>
        <Button disabledReason={reason}>Delete</Button>
      </TooltipProvider>
    )
    const { rerender } = render(button(null))
    await userEvent.tab()
    rerender(button('Tick the one run to delete.'))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Delete', description: /Tick the one run/ }))
  })

  it('acts once it may', async () => {
    let clicks = 0
    render(<Button onClick={() => (clicks += 1)}>Plan migration</Button>)
    await userEvent.click(screen.getByRole('button'))
    expect(clicks).toBe(1)
  })

  it('does not act twice while it is busy', async () => {
    let clicks = 0
    render(
      <Button isBusy onClick={() => (clicks += 1)}>
        Launch
      </Button>,
    )
    await userEvent.click(screen.getByRole('button'))
    expect(clicks).toBe(0)
  })
})

describe('a field', () => {
  it('ties label, help and error to its control', () => {
    render(
      <Field label="Batch size" help="Percent of the selection." error="The batch size is from 1 to 100.">
        {(wiring) => <Input {...wiring} defaultValue="0" />}
      </Field>,
    )
    const input = screen.getByLabelText('Batch size')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByRole('textbox', { description: /Percent of the selection\. The batch size is from 1 to 100\./ })).toBe(input)
  })

  it('counts characters and shows when there are too many', () => {
    render(<Textarea aria-label="Comment" counter={{ used: 243, max: 242 }} />)
    expect(screen.getByText('243 of 242 characters').className).toContain('text-failed')
  })
})
