import * as z from 'zod'
import { PostedMoney } from '../../../domain/finance/amount.ts'
import { ReceivableId } from '../../../domain/finance/receivable/receivable.ts'
import { allocationInputs } from '../../../domain/finance/settlement/source.ts'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { line } from '../../../domain/kernel/text.ts'

/** The bodies of what is done with receipts, credit notes and write-offs. */

export const Allocating = z
  .strictObject({ allocations: allocationInputs.allocations.nullish(), allocate: allocationInputs.allocate.nullish() })
  .meta({ id: 'Allocating' })

const on = BusinessDate.nullish().meta({ description: 'The business date of it; today when left out.' })
const reason = line(500).nullish()

export const Unallocating = z
  .strictObject({
    allocations: z
      .array(
        z.strictObject({ receivableId: ReceivableId, amount: PostedMoney.nullish().meta({ description: 'All of it when left out.' }) }),
      )
      .max(40)
      .nullish()
      .meta({ description: 'All when left out.' }),
    on,
  })
  .meta({ id: 'Unallocating' })

export const Reversing = z.strictObject({ on, reason }).meta({ id: 'Reversing' })

export const Refunding = z
  .strictObject({ amount: PostedMoney.nullish().meta({ description: 'All that is unallocated when left out.' }), on, reason })
  .meta({ id: 'Refunding' })
