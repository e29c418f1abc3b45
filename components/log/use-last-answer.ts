'use client'

import { useState } from 'react'

/** The newest answer that there was: when a question fails, that of the one before stays. */
export const useLastAnswer = <Answer>(answer: Answer | undefined): Answer | undefined => {
  const [last, setLast] = useState(answer)
  if (answer !== undefined && answer !== last) setLast(answer)
  return answer ?? last
}
