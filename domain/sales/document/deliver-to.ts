import * as z from 'zod'
import { postalAddress } from '../../kernel/postal-address.ts'
import { line } from '../../kernel/text.ts'

/** Where goods go, when that is not the customer's own address. */
export const DeliverTo = z
  .strictObject({
    name: line(200).nullish().meta({ description: 'The firm or person that receives them.' }),
    ...postalAddress,
  })
  .meta({ id: 'DeliverTo' })
