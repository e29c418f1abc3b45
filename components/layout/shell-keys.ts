const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'))

type Keys = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'target'>

/** What a key means to the shell, or null. `/` is a letter while someone types. */
export const shellKey = ({ key, metaKey, ctrlKey, altKey, target }: Keys): 'palette' | 'search' | null => {
  if ((metaKey || ctrlKey) && key.toLowerCase() === 'k') return 'palette'
  if (key === '/' && !metaKey && !ctrlKey && !altKey && !isTyping(target)) return 'search'
  return null
}

/** Brings the focus to the page's search box; false when it has none. */
export const focusSearch = (): boolean => {
  const field = document.querySelector<HTMLInputElement>('input[data-search]')
  field?.focus()
  field?.select()
  return field !== null
}
