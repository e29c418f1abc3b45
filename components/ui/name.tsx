import { visibleText } from '@/lib/format/safe-text'
import { cn } from './cn'

/** A name or id from the cluster: monospaced, on one line, kept apart from the direction of the text around it. `keepsEnd`: where a narrow screen cuts it, the end stays, which is what tells AKS nodes apart. */
export const Name = ({ children, className, keepsEnd = false }: { children: string; className?: string; keepsEnd?: boolean }) => {
  const text = visibleText(children)
  return (
    <bdi title={text} className={cn('truncate font-mono text-xs', keepsEnd && 'max-sm:text-left max-sm:[direction:rtl]', className)}>
      {keepsEnd ? <bdi dir="ltr">{text}</bdi> : text}
    </bdi>
  )
}
