import { Problem } from '../../kernel/errors.ts'
import type { Customer } from './customer.ts'

/** 409 for an action on the id of a customer that was merged into another one, where it would hit that one. */
export const mergedAway = (survivor: Customer, pointer?: string): Problem => {
  const [code, detail] = ['customer.merged', `This customer was merged into ${survivor.id}, which has its records now. Name that one.`]
  return new Problem('conflict', code, detail, {
    extra: { survivorId: survivor.id },
    ...(pointer ? { errors: [{ pointer, code, message: detail }] } : {}),
  })
}

/** 409 `merge.running`, which passes by itself, while a merge or its undoing moves the customer's records. */
export function requireNotMerging(customer: Customer): void {
  if (!customer.merging) return
  throw new Problem('conflict', 'merge.running', 'A merge is moving the records of this customer. Try again in a moment.', {
    retryable: true,
    extra: { mergeId: customer.merging },
  })
}
