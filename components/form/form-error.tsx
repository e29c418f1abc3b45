import { Notice } from '@/components/ui/notice'
import type { ShownError } from '@/components/ui/states'

/** What a form's sending failed with, above its button. Errors of single fields stand at the fields. */
export const FormError = ({ error }: { error: ShownError | null }) =>
  error === null ? null : (
    <Notice tone="error" role="alert" title={`${error.title}.`}>
      {error.detail}
      {error.requestId ? <span className="block text-xs text-text-2">Request id {error.requestId}</span> : null}
    </Notice>
  )
