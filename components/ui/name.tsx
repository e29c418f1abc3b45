import { visibleText } from '@/lib/format/safe-text'
import { cn } from './cn'

/** A name or id from the cluster: monospaced, on one line, kept apart from the direction of the text around it. */
export const Name = ({ children, className }: { children: string; className?: string }) => {
  const text = visibleText(children)
  return (
    <bdi title={text} className={cn('truncate font-mono text-xs', className)}>
      {text}
    </bdi>
  )
}
